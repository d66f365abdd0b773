package dev.elbo.tensor;

/** RMSProp, Tieleman and Hinton (2012): v ← α v + (1 − α) g², θ ← θ − η g / (√v + ε). */
public final class RmsProp extends Optimizer {
    private final double smoothing;
    private final double epsilon;
    private final Tensor squareAverage = moment("square_avg");

    /** {@code smoothing} is α, usually 0.99. */
    public RmsProp(ParameterBuffer parameters, double smoothing, double epsilon) {
        super(parameters);
        this.smoothing = smoothing;
        this.epsilon = epsilon;
    }

    @Override
    protected void update(Tensor values, Tensor gradients) {
        squareAverage.timesInPlace(smoothing).plusProductInPlace(gradients, gradients, 1 - smoothing);
        Tensor direction = gradients.over(squareAverage.sqrt().plus(epsilon));
        values.plusProductInPlace(direction, learningRate(), -1);
    }
}
