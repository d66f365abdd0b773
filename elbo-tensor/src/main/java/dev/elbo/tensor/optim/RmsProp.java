package dev.elbo.tensor.optim;

import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Tensor;

/** RMSProp, Tieleman and Hinton (2012): v ← α v + (1 − α) g², θ ← θ − η g / (√v + ε). */
public final class RmsProp extends Optimizer {
    private static final String SQUARES = "square_avg";

    private final double smoothing;
    private final double epsilon;

    /** {@code smoothing} is α, usually 0.99. */
    public RmsProp(ParameterBuffer parameters, double smoothing, double epsilon) {
        super(parameters);
        this.smoothing = smoothing;
        this.epsilon = epsilon;
        carry(SQUARES);
    }

    @Override
    protected void update(Part part) {
        Tensor gradients = part.gradients();
        Tensor squares =
                part.moment(SQUARES).timesInPlace(smoothing).plusProductInPlace(gradients, gradients, 1 - smoothing);
        Tensor direction = gradients.over(squares.sqrt().plus(epsilon));
        part.values().plusProductInPlace(direction, learningRate(), -1);
    }
}
