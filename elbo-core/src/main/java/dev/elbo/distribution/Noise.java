package dev.elbo.distribution;

import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/** The noise of samples: {@code samples} draws for each element of a parameter, of its type. */
final class Noise {
    /** Twice the spacing of FLOAT32 below 1. */
    private static final double MARGIN = 1e-7;

    private Noise() {}

    /** N(0, 1), [samples, like...]. */
    static Tensor normal(Tensor like, int samples, Rng rng) {
        return rng.normal(like.shape().prepend(samples)).to(like.dtype());
    }

    /** Uniform in [0, 1), [samples, like...]. */
    static Tensor uniform(Tensor like, int samples, Rng rng) {
        return rng.uniform(like.shape().prepend(samples)).to(like.dtype());
    }

    /** Uniform in (0, 1), [samples, like...]: at its ends many an inverse distribution function is infinite. */
    static Tensor openUniform(Tensor like, int samples, Rng rng) {
        return uniform(like, samples, rng).clamp(MARGIN, 1 - MARGIN);
    }
}
