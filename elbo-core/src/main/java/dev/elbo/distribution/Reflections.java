package dev.elbo.distribution;

import dev.elbo.tensor.Tensor;

/**
 * An orthogonal matrix Q = H₁ H₂ … with Householder's reflections H = I − 2 v vᵀ / |v|². A vector of length 0 reflects nothing.
 * Tomczak and Welling (2016), eq. 7.
 *
 * @param vectors v₁, v₂, …, of any length, [batch..., H, D]
 */
record Reflections(Tensor vectors) {
    private static final double TINY = 1e-30;

    /** Q z, [..., batch..., D]. */
    Tensor of(Tensor z) {
        Tensor reflected = z;
        for (long i = vectors.size(-2) - 1; i >= 0; i--) {
            reflected = reflected(reflected, i);
        }
        return reflected;
    }

    /** Qᵀ z: the reflections in the opposite order. */
    Tensor transposedOf(Tensor z) {
        Tensor reflected = z;
        for (long i = 0; i < vectors.size(-2); i++) {
            reflected = reflected(reflected, i);
        }
        return reflected;
    }

    private Tensor reflected(Tensor z, long i) {
        Tensor v = vectors.get(-2, i);
        Tensor squares = v.square().sum(-1).unsqueeze(-1).clamp(TINY, Float.MAX_VALUE);
        Tensor along = z.times(v).sum(-1).unsqueeze(-1);
        return z.minus(along.times(2).over(squares).times(v));
    }

    Reflections detached() {
        return new Reflections(vectors.detach());
    }
}
