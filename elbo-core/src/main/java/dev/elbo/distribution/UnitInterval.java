package dev.elbo.distribution;

import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Tensor;

/** What densities between 0 and 1 have in common. */
final class UnitInterval {
    /** At 0 and 1 themselves a density may be 0 or infinite. */
    private static final double LEAST = 1e-30;

    /** Twice the spacing of FLOAT32 below 1. */
    private static final double MARGIN = 1e-7;

    private UnitInterval() {}

    /** The nearest number inside. */
    static Tensor within(Tensor value) {
        return value.clamp(LEAST, 1 - MARGIN);
    }

    /**
     * A sample moved on the line through the centre, as at a temperature, but of log-odds: it stays inside.
     *
     * @return like the sample
     */
    static Tensor moved(Tensor sample, Tensor centre, double temperature) {
        try (GradientMode off = GradientMode.off()) {
            if (temperature == 0 || temperature == 1) {
                return temperature == 1 ? sample : centre.detach().expand(sample.shape());
            }
            Tensor from = logOdds(centre);
            return within(
                    from.plus(logOdds(sample).minus(from).times(temperature)).sigmoid());
        }
    }

    private static Tensor logOdds(Tensor value) {
        Tensor inside = within(value);
        return inside.log().minus(inside.negate().log1p());
    }

    /** −log p of any number between 0 and 1 under a uniform distribution: ∞ if it has no mass on some of them. */
    static Tensor surprise(Uniform uniform) {
        Tensor logWidth = uniform.high().minus(uniform.low()).log();
        Tensor contains = uniform.low().atMost(0).and(uniform.high().atLeast(1));
        return contains.where(logWidth, logWidth.zerosLike().fill(Double.POSITIVE_INFINITY));
    }
}
