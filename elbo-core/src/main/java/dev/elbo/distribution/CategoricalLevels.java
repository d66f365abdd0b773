package dev.elbo.distribution;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/**
 * Numbers on [0, 1] of L equally spaced levels 0, 1/(L − 1), …, 1, each with a probability of its own. A number between two levels is
 * taken for the nearer.
 *
 * @param logits of the levels, [batch..., event..., L]
 * @param eventRank the number of dimensions before the last that make up one event
 */
public record CategoricalLevels(Tensor logits, int eventRank) implements Factorised {
    private long intervals() {
        return logits.size(-1) - 1;
    }

    @Override
    public Tensor logProbPerElement(Tensor value) {
        Tensor level = value.clamp(0, 1).times((double) intervals()).round().to(DType.INT64);
        return new Categorical(logits, eventRank).logProbPerElement(level);
    }

    @Override
    public Tensor sample(int samples, Rng rng) {
        return new Categorical(logits.detach(), eventRank)
                .sample(samples, rng)
                .to(logits.dtype())
                .over((double) intervals());
    }

    /** Probabilities to the power of 1/T, normalised; at 0 the mean. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        if (temperature == 0) {
            Tensor centre = centre().detach();
            return centre.expand(centre.shape().prepend(samples));
        }
        return new CategoricalLevels(logits.over(temperature), eventRank).sample(samples, rng);
    }

    /** The expectation, Σ p<sub>l</sub> l / (L − 1). */
    @Override
    public Tensor centre() {
        Tensor levels = Tensor.arange(intervals() + 1, logits.device())
                .to(logits.dtype())
                .over((double) intervals());
        return logits.softmax(-1).times(levels).sum(-1);
    }
}
