package dev.elbo.distribution;

import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/**
 * The concrete, or Gumbel-softmax, distribution on vectors of C positive shares: softmax((logits + Gumbel noise) / T), which
 * approaches a choice among classes as T falls. Maddison et al. (2017), eq. 10; Jang et al. (2017), eq. 1.
 *
 * @param logits [batch..., C]
 * @param temperature T, positive, of rank 0
 */
public record Concrete(Tensor logits, Tensor temperature) implements Pathwise {
    /** Smaller shares have no logarithm. */
    private static final double LEAST = 1e-30;

    /** The density is that of the shares' logarithms, brought to shares: those of a cold draw may be too small for numbers. */
    @Override
    public Scored rsample(int samples, Rng rng) {
        Tensor logShares = logShares(samples, rng);
        return new Scored(logShares.exp().clamp(LEAST, 1), () -> logDensity(logShares.clamp(Math.log(LEAST), 0)));
    }

    private Tensor logShares(int samples, Rng rng) {
        return logits.plus(Categorical.gumbel(logits, samples, rng))
                .over(temperature)
                .logSoftmax(-1);
    }

    @Override
    public Tensor logProb(Tensor value) {
        return logDensity(value.log());
    }

    /**
     * log Γ(C) + (C − 1) log T + Σ (log π − (T + 1) log x) − C log Σ π x^−T. Maddison et al. (2017), eq. 10, which does not depend on
     * what π sums to.
     */
    private Tensor logDensity(Tensor logShares) {
        long classes = logits.size(-1);
        double logFactorial = 0;
        for (long i = 2; i < classes; i++) {
            logFactorial += Math.log((double) i);
        }
        Tensor warm = logits.minus(logShares.times(temperature));
        Tensor kernel = warm.minus(logShares).sum(-1).minus(warm.logSumExp(-1).times((double) classes));
        return kernel.plus(temperature.log().times(classes - 1.0)).plus(logFactorial);
    }

    /** Moves the logarithms of the shares on the line through those of the centre, so that they stay shares. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        if (temperature == 1) {
            return sample(samples, rng);
        }
        try (GradientMode off = GradientMode.off()) {
            Tensor middle = logits.logSoftmax(-1);
            Tensor drawn = logShares(samples, rng).minus(middle);
            return middle.plus(drawn.times(temperature)).softmax(-1).clamp(LEAST, 1);
        }
    }

    /** The classes' probabilities, of which the mean comes near as T falls. */
    @Override
    public Tensor centre() {
        return logits.softmax(-1);
    }

    @Override
    public Concrete detached() {
        return new Concrete(logits.detach(), temperature.detach());
    }
}
