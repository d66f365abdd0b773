package dev.elbo.tensor;

/** Stochastic gradient descent with momentum: v ← μ v + g, θ ← θ − η v. */
public final class Sgd extends Optimizer {
    private final double momentum;
    private final Tensor velocity = moment("momentum_buffer");

    /** {@code momentum} is 0 for plain descent. */
    public Sgd(ParameterBuffer parameters, double momentum) {
        super(parameters);
        this.momentum = momentum;
    }

    @Override
    protected void update(Tensor values, Tensor gradients) {
        velocity.timesInPlace(momentum).plusInPlace(gradients);
        values.plusProductInPlace(velocity, learningRate(), -1);
    }
}
