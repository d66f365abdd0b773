package dev.elbo.tensor;

import dev.elbo.tensor.seam.Activation;
import java.util.function.UnaryOperator;

/** What follows a linear map in the same pass: nonlinearities whose derivative is a function of their output. */
@SuppressWarnings("ImmutableEnumChecker") // functions without state
public enum Nonlinearity {
    /** y = x. */
    NONE(x -> x, Activation.NONE),
    /** y = max(x, 0). */
    RELU(Tensor::relu, Activation.RELU),
    /** y = tanh(x). */
    TANH(Tensor::tanh, Activation.TANH),
    /** y = 1 / (1 + exp(−x)). */
    SIGMOID(Tensor::sigmoid, Activation.SIGMOID);

    private final UnaryOperator<Tensor> operation;
    private final Activation inPlace;

    Nonlinearity(UnaryOperator<Tensor> operation, Activation inPlace) {
        this.operation = operation;
        this.inPlace = inPlace;
    }

    /** As a part of another operation. */
    Activation inPlace() {
        return inPlace;
    }

    /** As an operation of libtorch's. */
    Tensor of(Tensor x) {
        return operation.apply(x);
    }
}
