package dev.elbo.nn;

import dev.elbo.tensor.Nonlinearity;
import dev.elbo.tensor.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A nonlinearity, element by element. */
@SuppressWarnings("ImmutableEnumChecker") // its functions are static methods
public enum Activation implements Layer {
    RELU(Tensor::relu, Nonlinearity.RELU),
    TANH(Tensor::tanh, Nonlinearity.TANH),
    SIGMOID(Tensor::sigmoid, Nonlinearity.SIGMOID),
    SOFTPLUS(Tensor::softplus),
    LEAKY_RELU(Tensor::leakyRelu),
    ELU(Tensor::elu),
    SILU(Tensor::silu),
    GELU(Tensor::gelu);

    private final UnaryOperator<Tensor> function;
    private final Optional<Nonlinearity> fused;

    Activation(UnaryOperator<Tensor> function) {
        this.function = function;
        this.fused = Optional.empty();
    }

    Activation(UnaryOperator<Tensor> function, Nonlinearity fused) {
        this.function = function;
        this.fused = Optional.of(fused);
    }

    /** The same as a part of the layer before it, if it can be that. */
    Optional<Nonlinearity> fused() {
        return fused;
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
