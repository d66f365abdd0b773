package dev.elbo.prior;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.FullNormal;
import dev.elbo.distribution.Pathwise;
import dev.elbo.distribution.Scored;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.LinearAlgebra;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/**
 * p(z) = N(m, C) with the mean and the covariance of the codes that were met in training: what a model is sampled from whose loss does
 * not bring codes to a prior, as that of a deterministic autoencoder. Ghosh et al. (2020), section 4, fit one after training. m and the
 * mean of z zᵀ are running averages, a ← γ a + (1 − γ) mean; no gradient reaches them.
 *
 * @param mean m, [D]; a buffer
 * @param products the mean of z zᵀ, [D, D]; a buffer
 */
public record FittedNormal(Tensor mean, Tensor products) implements Conditional<FittedNormal.Moments> {
    /** γ, by step: what was met a hundred steps ago still counts for a third. */
    private static final double DECAY = 0.99;

    /** N(0, I) until codes are met. */
    public static FittedNormal of(int dims, Initializer initial) {
        Tensor products = initial.buffer(0, dims, dims);
        products.assign(identity(products));
        return new FittedNormal(initial.buffer(0, dims), products);
    }

    static Tensor identity(Tensor like) {
        return Tensor.arange(like.size(0), like.device()).oneHot(like.size(0)).to(like.dtype());
    }

    @Override
    public Moments given(Pass pass, Tensor... parents) {
        return new Moments(mean, products);
    }

    @Override
    public void observe(Tensor values) {
        try (GradientMode off = GradientMode.off()) {
            Tensor codes = values.detach().reshape(-1, mean.size(0)); // [N, D]
            Tensor sums = codes.transpose(0, 1).matmul(codes);
            mean.lerpInPlace(codes.mean(0), 1 - DECAY);
            products.lerpInPlace(sums.over((double) codes.size(0)), 1 - DECAY);
        }
    }

    /**
     * The normal with these moments, whose covariance is factorised when it is asked for: a training of points never does.
     *
     * @param mean [D]
     * @param products the mean of z zᵀ, [D, D]
     */
    public record Moments(Tensor mean, Tensor products) implements Pathwise {
        /** What is added to a dimension's variance, as a part of it and by itself: fewer codes than dimensions have no factor. */
        private static final double MORE = 1e-3;

        private static final double LEAST = 1e-8;

        /** Of points, [N, D]. */
        static Moments of(Tensor points) {
            return new Moments(
                    points.mean(0), points.transpose(0, 1).matmul(points).over((double) points.size(0)));
        }

        FullNormal normal() {
            Tensor m = mean.to(DType.FLOAT64);
            Tensor covariance = products.to(DType.FLOAT64).minus(m.unsqueeze(1).matmul(m.unsqueeze(0)));
            Tensor wider = covariance.times(identity(covariance)).abs().times(MORE); // only its diagonal
            Tensor least = identity(covariance).times(LEAST);
            Tensor factor = LinearAlgebra.cholesky(covariance.plus(wider).plus(least));
            return new FullNormal(mean, factor.to(mean.dtype()));
        }

        @Override
        public Scored rsample(int samples, Rng rng) {
            return normal().rsample(samples, rng);
        }

        @Override
        public Moments detached() {
            return this; // no gradient reaches it
        }

        @Override
        public Tensor logProb(Tensor value) {
            return normal().logProb(value);
        }

        @Override
        public Tensor centre() {
            return mean;
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
