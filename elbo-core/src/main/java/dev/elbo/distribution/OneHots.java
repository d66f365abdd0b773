package dev.elbo.distribution;

import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.Optional;

/**
 * L independent choices among C classes each, as one vector of L one-hot vectors after one another.
 *
 * @param logits [batch..., L, C]
 */
public record OneHots(Tensor logits) implements Distribution {
    /** Σ z log softmax(logits): of a vector of shares, as relaxed choices are, the mean of the classes' by their shares. */
    @Override
    public Tensor logProb(Tensor value) {
        return choices(value).times(logits.logSoftmax(-1)).sumLast(2);
    }

    /** [..., L · C] as [..., L, C]. */
    Tensor choices(Tensor value) {
        return value.reshape(value.shape().dropLast(1).append(logits.size(-2), logits.size(-1)));
    }

    /** [..., L, C] as [..., L · C]. */
    static Tensor joined(Tensor choices) {
        return choices.reshape(choices.shape().dropLast(2).append(choices.size(-2) * choices.size(-1)));
    }

    @Override
    public Tensor sample(int samples, Rng rng) {
        return vectors(new Categorical(logits, 1).sample(samples, rng));
    }

    private Tensor vectors(Tensor classes) {
        return joined(classes.oneHot(logits.size(-1)).to(logits.dtype()));
    }

    /** With log-odds divided by the temperature; at 0 the likeliest classes. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        return vectors(new Categorical(logits, 1).sample(samples, temperature, rng));
    }

    /** The likeliest classes: between them there is nothing. */
    @Override
    public Tensor centre() {
        return vectors(logits.argmax(-1));
    }

    /** Σ over the choices of Σ π (log π − log π'). */
    @Override
    public Optional<Tensor> klTo(Distribution other) {
        return other instanceof OneHots to
                ? new Categorical(logits, 1).klTo(new Categorical(to.logits, 1))
                : Optional.empty();
    }
}
