package dev.elbo.distribution;

import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.Optional;

/**
 * Choices among classes as an encoder makes them. In training a sample is relaxed to shares, so that gradients pass; its divergence
 * and log-mass are those of the choices that it stands for. Jang et al. (2017), section 2.
 *
 * @param choices of which samples are made
 * @param temperature T of the shares, positive, of rank 0
 * @param sampling how
 */
public record RelaxedOneHots(OneHots choices, Tensor temperature, Sampling sampling) implements Reparameterised {
    /** The kind of a sample. */
    public enum Sampling {
        /** Shares of the classes, with their gradients. */
        RELAXED,
        /** The class of the largest share, with the gradients of the shares. Jang et al. (2017), section 2.2. */
        STRAIGHT_THROUGH,
        /** A class, without gradients: what the shares stand for. */
        EXACT
    }

    @Override
    public Scored rsample(int samples, Rng rng) {
        Tensor value = OneHots.joined(value(samples, rng));
        return new Scored(value, () -> choices.logProb(value));
    }

    private Tensor value(int samples, Rng rng) {
        Tensor logits = choices.logits();
        Tensor noisy = logits.plus(Categorical.gumbel(logits, samples, rng));
        if (sampling == Sampling.RELAXED) {
            return noisy.over(temperature).softmax(-1);
        }
        Tensor chosen = noisy.argmax(-1).oneHot(logits.size(-1)).to(logits.dtype());
        if (sampling == Sampling.EXACT) {
            return chosen;
        }
        Tensor shares = noisy.over(temperature).softmax(-1);
        return chosen.plus(shares.minus(shares.detach()));
    }

    @Override
    public Tensor centre() {
        return choices.centre();
    }

    @Override
    public Optional<Tensor> klTo(Distribution other) {
        return choices.klTo(other);
    }

    @Override
    public RelaxedOneHots detached() {
        return new RelaxedOneHots(new OneHots(choices.logits().detach()), temperature.detach(), sampling);
    }
}
