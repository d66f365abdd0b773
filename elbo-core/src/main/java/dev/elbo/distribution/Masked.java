package dev.elbo.distribution;

import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.Optional;

/**
 * A factorised distribution of which only some elements count, as the frames of a sequence before its end do.
 *
 * @param inner of all elements
 * @param mask FLOAT32 1 where an element counts and 0 elsewhere, broadcast to [..., event...]
 */
public record Masked(Factorised inner, Tensor mask) implements Factorised {
    @Override
    public int eventRank() {
        return inner.eventRank();
    }

    /** Chosen, not multiplied: what is impossible under a mask has a density of −∞, and that times 0 would be NaN. */
    private Tensor counted(Tensor figures) {
        return mask.greaterThan(0).where(figures, figures.zerosLike());
    }

    @Override
    public Tensor logProbPerElement(Tensor value) {
        return counted(inner.logProbPerElement(value));
    }

    @Override
    public Tensor sample(int samples, Rng rng) {
        return counted(inner.sample(samples, rng));
    }

    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        return counted(inner.sample(samples, temperature, rng));
    }

    @Override
    public Tensor centre() {
        return counted(inner.centre());
    }

    @Override
    public Optional<Tensor> klPerElementTo(Distribution other) {
        Distribution to = other instanceof Masked masked ? masked.inner : other;
        return inner.klPerElementTo(to).map(this::counted);
    }
}
