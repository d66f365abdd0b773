package dev.elbo.tensor.optim;

import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Tensor;

/** Stochastic gradient descent with momentum: v ← μ v + g, θ ← θ − η v. */
public final class Sgd extends Optimizer {
    private static final String VELOCITY = "momentum_buffer";

    private final double momentum;

    /** {@code momentum} is 0 for plain descent. */
    public Sgd(ParameterBuffer parameters, double momentum) {
        super(parameters);
        this.momentum = momentum;
        carry(VELOCITY);
    }

    @Override
    protected void update(Part part) {
        Tensor velocity = part.moment(VELOCITY).timesInPlace(momentum).plusInPlace(part.gradients());
        part.values().plusProductInPlace(velocity, learningRate(), -1);
    }
}
