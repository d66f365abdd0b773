package dev.elbo.distribution;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/**
 * Whole numbers from 0: exp(s) rounded, with s of a logistic distribution, as durations are, whose logarithms spread alike. With σ the
 * logistic function,
 *
 * <p>P(d) = σ((log(d + ½) − loc) / scale) − σ((log(d − ½) − loc) / scale), and P(0) = σ((log ½ − loc) / scale), 1 together.
 *
 * @param loc median of the logarithm, [batch..., event...]
 * @param logScale logarithm of the scale, of the same shape or broadcast to it
 * @param eventRank the number of trailing dimensions that make up one event
 */
public record RoundedLogLogistic(Tensor loc, Tensor logScale, int eventRank) implements Factorised {
    private static final double HALF = 0.5;

    /** Below it, the difference of two edges is no longer a FLOAT32. */
    private static final double LEAST = 1e-30;

    /** A sample above is not a whole number of FLOAT32 any more. */
    private static final double LARGEST_LOG = 16;

    /**
     * The mass of whole numbers, as σ(a) σ(−b) (1 − exp(b − a)) with a and b the edges in units of the scale, which does not cancel.
     *
     * @param value INT64 or whole numbers, [..., event...]
     */
    @Override
    public Tensor logProbPerElement(Tensor value) {
        Tensor d = value.to(loc.dtype());
        Tensor inverseScale = logScale.negate().exp();
        Tensor upper = d.plus(HALF).log().minus(loc).times(inverseScale);
        Tensor lower =
                d.minus(HALF).clamp(HALF, Float.MAX_VALUE).log().minus(loc).times(inverseScale); // of 0 it is not used
        Tensor width = lower.minus(upper).expm1().negate().clamp(LEAST, 1).log();
        Tensor inner = upper.logSigmoid().plus(lower.negate().logSigmoid()).plus(width);
        return d.lessThan(HALF).where(upper.logSigmoid(), inner);
    }

    @Override
    public Tensor sample(int samples, Rng rng) {
        return sample(samples, 1, rng);
    }

    /** The logarithm's scale times T. Samples are INT64. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        try (GradientMode off = GradientMode.off()) {
            Tensor noise = Logistic.standard(loc, samples, rng).times(temperature);
            return rounded(loc.plus(logScale.exp().times(noise)));
        }
    }

    /** The median, INT64. */
    @Override
    public Tensor centre() {
        return rounded(loc);
    }

    private static Tensor rounded(Tensor log) {
        return log.clamp(-LARGEST_LOG, LARGEST_LOG).exp().round().to(DType.INT64);
    }
}
