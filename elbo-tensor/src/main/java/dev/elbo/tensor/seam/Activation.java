package dev.elbo.tensor.seam;

import java.util.function.Consumer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What follows a linear map in place: nonlinearities whose derivative is a function of their output. */
@SuppressWarnings("ImmutableEnumChecker") // functions without state
public enum Activation {
    /** y = x. */
    NONE(x -> {}, (out, gradient, y) -> out.copy_(gradient)),
    /** y = max(x, 0). */
    RELU(x -> x.relu_(), Activation::reluBackward),
    /** y = tanh(x). */
    TANH(x -> x.tanh_(), (out, gradient, y) -> torch.tanh_backward_out(out, gradient, y)),
    /** y = 1 / (1 + exp(−x)). */
    SIGMOID(x -> x.sigmoid_(), (out, gradient, y) -> torch.sigmoid_backward_out(out, gradient, y));

    private final Consumer<Tensor> inPlace;
    private final Backward backward;

    Activation(Consumer<Tensor> inPlace, Backward backward) {
        this.inPlace = inPlace;
        this.backward = backward;
    }

    private interface Backward {
        void into(Tensor out, Tensor gradient, Tensor output);
    }

    private static void reluBackward(Tensor out, Tensor gradient, Tensor output) {
        try (Scalar zero = new Scalar(0.0)) {
            torch.threshold_backward_out(out, gradient, output, zero);
        }
    }

    /** Overwrites x with y. */
    void apply(Tensor x) {
        inPlace.accept(x);
    }

    /** Overwrites {@code out} with the gradient of x, given that of y and y. */
    void backward(Tensor out, Tensor gradient, Tensor output) {
        backward.into(out, gradient, output);
    }
}
