package dev.elbo.nn;

import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Tensor;

/**
 * The mean code of each class, of those that were met in training: a running average, n ← γ n + (1 − γ) count and m ← γ m +
 * (1 − γ) sum by class, and their quotient. No gradient reaches it.
 *
 * @param counts n, [S]; a buffer, as are the sums
 * @param sums m, [S, D]
 */
public record ClassMeans(Tensor counts, Tensor sums) implements Module {
    /** γ, by step: what was met a hundred steps ago still counts for a third. */
    private static final double DECAY = 0.99;

    /** So little is no example: the mean of a class that was not met is 0. */
    private static final double NONE = 1e-9;

    /** Without an example yet. */
    public static ClassMeans of(long classes, long dims, Initializer initial) {
        return new ClassMeans(initial.buffer(0, classes), initial.buffer(0, classes, dims));
    }

    /**
     * Moves the means towards some codes.
     *
     * @param codes [B, D]
     * @param classes of each, INT64 [B]
     */
    public void observe(Tensor codes, Tensor classes) {
        try (GradientMode off = GradientMode.off()) {
            Tensor members = classes.oneHot(counts.size(0)); // [B, S]
            counts.lerpInPlace(members.sum(0), 1 - DECAY);
            sums.lerpInPlace(members.transpose(0, 1).matmul(codes.detach()), 1 - DECAY);
        }
    }

    /** The mean code of each class of some, INT64 [N] → [N, D]. */
    public Tensor of(Tensor classes) {
        Tensor means = sums.over(counts.clamp(NONE, Float.MAX_VALUE).unsqueeze(-1));
        return means.select(0, classes);
    }
}
