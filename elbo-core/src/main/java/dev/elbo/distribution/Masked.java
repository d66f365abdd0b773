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

    @Override
    public Tensor logProbPerElement(Tensor value) {
        return inner.logProbPerElement(value).times(mask);
    }

    @Override
    public Tensor sample(int samples, Rng rng) {
        return inner.sample(samples, rng).times(mask);
    }

    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        return inner.sample(samples, temperature, rng).times(mask);
    }

    @Override
    public Tensor centre() {
        return inner.centre().times(mask);
    }

    @Override
    public Optional<Tensor> klPerElementTo(Distribution other) {
        Distribution to = other instanceof Masked masked ? masked.inner : other;
        return inner.klPerElementTo(to).map(kl -> kl.times(mask));
    }
}
