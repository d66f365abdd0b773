package dev.elbo.tensor.optim;

import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Tensor;

/** Adamax: Adam with the infinity norm. Kingma and Ba (2015), algorithm 2. */
public final class Adamax extends Optimizer {
    private static final String FIRST = "exp_avg";
    private static final String NORM = "exp_inf";

    private final double beta1;
    private final Tensor base;
    private final double beta2;
    private final double epsilon;

    /** {@code epsilon} keeps the norm of a parameter without gradients above 0. */
    public Adamax(ParameterBuffer parameters, double beta1, double beta2, double epsilon) {
        super(parameters);
        this.beta1 = beta1;
        this.base = Tensor.scalar(beta1, stepCount().device());
        this.beta2 = beta2;
        this.epsilon = epsilon;
        carry(FIRST);
        carry(NORM);
    }

    @Override
    protected void update(Part part) {
        Tensor firstMoment = part.moment(FIRST).lerpInPlace(part.gradients(), 1 - beta1);
        Tensor infinityNorm = part.moment(NORM);
        infinityNorm.assign(
                infinityNorm.times(beta2).maximum(part.gradients().abs().plus(epsilon)));
        Tensor correction = base.pow(stepCount()).negate().plus(1);
        part.values()
                .plusProductInPlace(
                        firstMoment.over(infinityNorm), learningRate().over(correction), -1);
    }
}
