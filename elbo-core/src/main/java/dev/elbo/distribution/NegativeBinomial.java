package dev.elbo.distribution;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/**
 * The negative binomial distribution over counts, by its mean μ and r: Γ(x + r) / (Γ(r) x!) (r / (r + μ))^r (μ / (r + μ))^x. It is a
 * Poisson distribution whose rate is of Gamma(r, r / μ); its variance is μ + μ² / r.
 *
 * @param logMean log μ, [batch..., event...]
 * @param logTotal log r, of the same shape or broadcast to it
 * @param eventRank the number of trailing dimensions that make up one event
 */
public record NegativeBinomial(Tensor logMean, Tensor logTotal, int eventRank) implements Factorised {
    /** In FLOAT64: log Γ(x + r) and log Γ(r) are large where r is, and close to each other. */
    @Override
    public Tensor logProbPerElement(Tensor value) {
        Tensor x = value.to(DType.FLOAT64);
        Tensor logMu = logMean.to(DType.FLOAT64);
        Tensor logR = logTotal.to(DType.FLOAT64);
        Tensor r = logR.exp();
        Tensor logBoth = logR.logAddExp(logMu); // log(r + μ)
        Tensor ways = x.plus(r).logGamma().minus(r.logGamma()).minus(x.plus(1).logGamma());
        return ways.plus(r.times(logR.minus(logBoth)))
                .plus(x.times(logMu.minus(logBoth)))
                .to(logMean.dtype());
    }

    @Override
    public Tensor sample(int samples, Rng rng) {
        try (GradientMode off = GradientMode.off()) {
            Tensor r = logTotal.exp().expand(logMean.shape());
            Tensor logRate = GammaNoise.log(r, samples, rng).plus(logMean).minus(logTotal);
            return CountNoise.poisson(logRate.exp(), rng);
        }
    }

    /** On the line through the mean, rounded. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        Tensor counts = sample(samples, rng);
        return temperature == 1 ? counts : CountNoise.tempered(counts, centre(), temperature);
    }

    /** μ. */
    @Override
    public Tensor centre() {
        return logMean.exp();
    }
}
