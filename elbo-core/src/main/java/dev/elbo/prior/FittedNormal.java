package dev.elbo.prior;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Tensor;

/**
 * p(z) = N(m, diag(v)) with the mean and the variances of the codes that were met in training: what a model is sampled from whose
 * loss does not bring codes to a prior, as that of a deterministic autoencoder. m and the mean squares are running averages, a ← γ a
 * + (1 − γ) mean; no gradient reaches them.
 *
 * @param mean m, [D]; a buffer
 * @param squares the mean of z², [D]; a buffer
 */
public record FittedNormal(Tensor mean, Tensor squares) implements Conditional<DiagonalNormal> {
    /** γ, by step: what was met a hundred steps ago still counts for a third. */
    private static final double DECAY = 0.99;

    /** A dimension that does not vary at all would have a variance of 0, or by rounding less. */
    private static final double LEAST_VARIANCE = 1e-8;

    /** N(0, I) until codes are met. */
    public static FittedNormal of(int dims, Initializer initial) {
        return new FittedNormal(initial.buffer(0, dims), initial.buffer(1, dims));
    }

    @Override
    public DiagonalNormal given(Pass pass, Tensor... parents) {
        Tensor variances = squares.minus(mean.square()).clamp(LEAST_VARIANCE, Float.MAX_VALUE);
        return new DiagonalNormal(mean, variances.log(), 1);
    }

    @Override
    public void observe(Tensor values) {
        try (GradientMode off = GradientMode.off()) {
            Tensor codes = values.detach().reshape(-1, mean.size(0)); // [N, D]
            mean.lerpInPlace(codes.mean(0), 1 - DECAY);
            squares.lerpInPlace(codes.square().mean(0), 1 - DECAY);
        }
    }

    /** As an option: {@code fitted}. */
    public record Kind() implements PriorKind {
        @Override
        public FittedNormal prior(Beside model, Initializer initial) {
            return FittedNormal.of(model.latents(), initial);
        }

        @Override
        public String toString() {
            return "fitted";
        }
    }
}
