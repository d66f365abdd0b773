package dev.elbo.distribution;

import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/**
 * Counts that are 0 with probability π whatever they would be, and else of another distribution: π [x = 0] + (1 − π) p(x). Lambert
 * (1992), eq. 1; with a {@link NegativeBinomial} the zero-inflated one of Lopez et al. (2018).
 *
 * @param logits of π, [batch..., event...]
 * @param counts p, over as many elements
 */
public record ZeroInflated(Tensor logits, Factorised counts) implements Factorised {
    @Override
    public int eventRank() {
        return counts.eventRank();
    }

    /** Of 0 log(π + (1 − π) p(0)), of more log(1 − π) + log p(x). */
    @Override
    public Tensor logProbPerElement(Tensor value) {
        Tensor usual = logits.negate().logSigmoid().plus(counts.logProbPerElement(value));
        Tensor zero = logits.negate().logSigmoid().plus(counts.logProbPerElement(logits.zerosLike()));
        Tensor atZero = logits.logSigmoid().logAddExp(zero);
        return value.lessThan(0.5).where(atZero, usual);
    }

    @Override
    public Tensor sample(int samples, Rng rng) {
        try (GradientMode off = GradientMode.off()) {
            Tensor isCounted = Noise.uniform(logits, samples, rng).atLeast(logits.sigmoid());
            return counts.sample(samples, rng).times(isCounted.to(logits.dtype()));
        }
    }

    /** On the line through the mean, rounded. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        Tensor draws = sample(samples, rng);
        return temperature == 1 ? draws : CountNoise.tempered(draws, centre(), temperature);
    }

    /** (1 − π) times the mean of p. */
    @Override
    public Tensor centre() {
        return logits.negate().sigmoid().times(counts.centre());
    }
}
