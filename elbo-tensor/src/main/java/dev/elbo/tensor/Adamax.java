package dev.elbo.tensor;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;

/** Adamax: Adam with the infinity norm. Kingma and Ba (2015), algorithm 2. */
public final class Adamax extends Optimizer {
    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final Tensor firstMoment = moment("exp_avg");
    private final Tensor infinityNorm = moment("exp_inf");

    /** {@code epsilon} keeps the norm of a parameter without gradients above 0. */
    public Adamax(ParameterBuffer parameters, double beta1, double beta2, double epsilon) {
        super(parameters);
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
    }

    @Override
    protected void update(Tensor values, Tensor gradients) {
        firstMoment.lerpInPlace(gradients, 1 - beta1);
        infinityNorm.assign(infinityNorm.times(beta2).maximum(gradients.abs().plus(epsilon)));
        Tensor correction = new Tensor(torch.pow(new Scalar(beta1), stepCount().handle()))
                .negate()
                .plus(1);
        values.plusProductInPlace(firstMoment.over(infinityNorm), learningRate().over(correction), -1);
    }
}
