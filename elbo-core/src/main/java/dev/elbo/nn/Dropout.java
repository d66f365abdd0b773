package dev.elbo.nn;

import dev.elbo.tensor.Tensor;

/**
 * Dropout, Srivastava et al. (2014): in training each element is zeroed with probability {@code rate}
 * and the others are scaled up by 1 / (1 − rate); otherwise the identity.
 */
public record Dropout(double rate) implements Layer {

    /**
     * Validates the rate.
     *
     * @throws IllegalArgumentException if it is not in [0, 1)
     */
    public Dropout {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("a dropout rate is in [0, 1); got " + rate);
        }
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        if (!pass.training() || rate == 0) {
            return x;
        }
        Tensor kept = pass.rng().uniform(x.shape()).lessThan(1 - rate).to(x.dtype());
        return x.times(kept).over(1 - rate);
    }
}
