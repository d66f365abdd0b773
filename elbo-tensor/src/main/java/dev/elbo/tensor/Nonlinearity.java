package dev.elbo.tensor;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;

/** What follows a linear map in the same pass: nonlinearities whose derivative is a function of their output. */
@SuppressWarnings("ImmutableEnumChecker") // functions without state
public enum Nonlinearity {
    /** y = x. */
    NONE(x -> x, x -> {}, (out, gradient, y) -> out.copy_(gradient)),
    /** y = max(x, 0). */
    RELU(Tensor::relu, x -> x.relu_(), Nonlinearity::reluBackward),
    /** y = tanh(x). */
    TANH(Tensor::tanh, x -> x.tanh_(), (out, gradient, y) -> torch.tanh_backward_out(out, gradient, y)),
    /** y = 1 / (1 + exp(−x)). */
    SIGMOID(Tensor::sigmoid, x -> x.sigmoid_(), (out, gradient, y) -> torch.sigmoid_backward_out(out, gradient, y));

    private final UnaryOperator<Tensor> operation;
    private final Consumer<org.bytedeco.pytorch.Tensor> inPlace;
    private final Backward backward;

    Nonlinearity(UnaryOperator<Tensor> operation, Consumer<org.bytedeco.pytorch.Tensor> inPlace, Backward backward) {
        this.operation = operation;
        this.inPlace = inPlace;
        this.backward = backward;
    }

    private interface Backward {
        void into(
                org.bytedeco.pytorch.Tensor out,
                org.bytedeco.pytorch.Tensor gradient,
                org.bytedeco.pytorch.Tensor output);
    }

    private static void reluBackward(
            org.bytedeco.pytorch.Tensor out, org.bytedeco.pytorch.Tensor gradient, org.bytedeco.pytorch.Tensor output) {
        try (Scalar zero = new Scalar(0.0)) {
            torch.threshold_backward_out(out, gradient, output, zero);
        }
    }

    /** Overwrites x with y. */
    void apply(org.bytedeco.pytorch.Tensor x) {
        inPlace.accept(x);
    }

    /** Overwrites {@code out} with the gradient of x, given that of y and y. */
    void backward(
            org.bytedeco.pytorch.Tensor out, org.bytedeco.pytorch.Tensor gradient, org.bytedeco.pytorch.Tensor output) {
        backward.into(out, gradient, output);
    }

    /** The same as an operation of libtorch's. */
    Tensor of(Tensor x) {
        return operation.apply(x);
    }
}
