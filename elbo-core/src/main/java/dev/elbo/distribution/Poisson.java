package dev.elbo.distribution;

import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.Optional;

/**
 * Poisson(λ), over counts 0, 1, …: λ^x exp(−λ) / x!.
 *
 * @param logRate log λ, [batch..., event...]
 * @param eventRank the number of trailing dimensions that make up one event
 */
public record Poisson(Tensor logRate, int eventRank) implements Factorised {
    /** x log λ − λ − log x!. */
    @Override
    public Tensor logProbPerElement(Tensor value) {
        return value.times(logRate).minus(centre()).minus(value.plus(1).logGamma());
    }

    @Override
    public Tensor sample(int samples, Rng rng) {
        try (GradientMode off = GradientMode.off()) {
            Tensor rates = centre();
            return CountNoise.poisson(rates.expand(rates.shape().prepend(samples)), rng);
        }
    }

    /** On the line through the mean, rounded. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        Tensor counts = sample(samples, rng);
        return temperature == 1 ? counts : CountNoise.tempered(counts, centre(), temperature);
    }

    /** λ. */
    @Override
    public Tensor centre() {
        return logRate.exp();
    }

    /** λ (log λ − log λ') − λ + λ'. */
    @Override
    public Optional<Tensor> klPerElementTo(Distribution other) {
        if (!(other instanceof Poisson to)) {
            return Optional.empty();
        }
        Tensor ratio = logRate.minus(to.logRate);
        return Optional.of(centre().times(ratio.plus(ratio.negate().expm1())));
    }
}
