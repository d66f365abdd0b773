package dev.elbo.nn;

import dev.elbo.tensor.Tensor;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A nonlinearity, element by element. */
@SuppressWarnings("ImmutableEnumChecker") // its functions are static methods
public enum Activation implements Layer {
    RELU(Tensor::relu),
    TANH(Tensor::tanh),
    SIGMOID(Tensor::sigmoid),
    SOFTPLUS(Tensor::softplus),
    LEAKY_RELU(Tensor::leakyRelu),
    ELU(Tensor::elu),
    SILU(Tensor::silu),
    GELU(Tensor::gelu);

    private final UnaryOperator<Tensor> function;

    Activation(UnaryOperator<Tensor> function) {
        this.function = function;
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return function.apply(x);
    }

    /** An activation has no parameters. */
    @Override
    public Map<String, Tensor> state() {
        return Map.of();
    }
}
