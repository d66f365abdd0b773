package dev.elbo.distribution;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/**
 * Choices among classes that are made one after another, each given those before it, as one vector of one-hot vectors.
 *
 * @param choices of the classes, whose event is [L]
 * @param classes C
 */
public record OneHotSequence(Autoregressive choices, long classes) implements Distribution {
    /** That of the class with the largest share: of relaxed choices it is as likely as the classes are. */
    @Override
    public Tensor logProb(Tensor value) {
        Tensor each = value.reshape(value.shape().dropLast(1).append(value.size(-1) / classes, classes));
        return choices.logProb(each.argmax(-1));
    }

    @Override
    public Tensor sample(int samples, Rng rng) {
        return vectors(choices.sample(samples, rng));
    }

    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        return vectors(choices.sample(samples, temperature, rng));
    }

    /** The likeliest class of each choice given those before it. */
    @Override
    public Tensor centre() {
        return vectors(choices.centre());
    }

    private Tensor vectors(Tensor drawn) {
        return OneHots.joined(drawn.oneHot(classes).to(DType.FLOAT32));
    }
}
