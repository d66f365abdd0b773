package dev.elbo.prior;

import dev.elbo.distribution.Categorical;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.LinearAlgebra;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * A mixture of normals fitted to points by expectation maximisation; Dempster et al. (1977), and for normals Bishop (2006), section
 * 9.2.2. It begins at centres that are far from each other, k-means++ of Arthur and Vassilvitskii (2007), and is the likeliest of
 * some tries.
 *
 * @param mixture FLOAT64
 * @param logLikelihood the mean of log p(z) over the points, in nats
 */
public record MixtureFit(MixturePrior mixture, double logLikelihood) {
    private static final int TRIES = 4;
    private static final int ROUNDS = 60;

    /** What no variance falls below, as a part of the variance of all points: a component on one point would be without bounds. */
    private static final double LEAST = 1e-3;

    /** The spread of first components, as a part of the variance of all points. */
    private static final double FIRST = 0.1;

    /** Keeps what is divided by, or of which there is a logarithm, from 0: points may be all the same, and a component may have none. */
    private static final double TINY = 1e-12;

    /**
     * Fits a mixture; its tensors live in the current scope.
     *
     * @param points [N, D]
     * @param components C
     * @throws IllegalArgumentException if there are fewer points than components
     */
    public static MixtureFit of(Tensor points, int components, Rng rng) {
        if (points.size(0) < components) {
            throw new IllegalArgumentException("a mixture of " + components
                    + " components is fitted to as many points or" + " more; got " + points.size(0));
        }
        try (Inference use = Inference.begin();
                Scope scope = Scope.open("mixture")) {
            Tensor z = points.to(DType.FLOAT64);
            MixtureFit best = once(z, components, rng);
            for (int i = 1; i < TRIES; i++) {
                MixtureFit next = once(z, components, rng);
                best = next.logLikelihood > best.logLikelihood ? next : best;
            }
            keep(best.mixture, scope);
            return best;
        }
    }

    private static MixturePrior keep(MixturePrior mixture, Scope scope) {
        mixture.state().values().forEach(scope::keep);
        return mixture;
    }

    private static MixtureFit once(Tensor z, int components, Rng rng) {
        try (Scope scope = Scope.open("try")) {
            MixtureFit fit = fitted(z, components, rng);
            keep(fit.mixture, scope);
            return fit;
        }
    }

    private static MixtureFit fitted(Tensor z, int components, Rng rng) {
        Tensor spread = z.variance(0).plus(TINY); // [D]
        MixturePrior mixture = first(z, spread, components, rng);
        for (int i = 0; i < ROUNDS; i++) {
            try (Scope scope = Scope.open("round")) { // what a round makes of all points is many times what it leaves
                mixture = keep(next(z, spread, mixture), scope);
            }
        }
        return new MixtureFit(mixture, logJoint(z, mixture).logSumExp(-1).mean().item());
    }

    /** Centres one after the other, each likelier the farther it is from those before. */
    private static MixturePrior first(Tensor z, Tensor spread, int components, Rng rng) {
        Tensor chosen = anyOf(z.narrow(1, 0, 1).squeeze(-1).zerosLike(), rng); // [1]
        Tensor centres = z.select(0, chosen);
        for (int i = 1; i < components; i++) {
            Tensor distance = LinearAlgebra.distances(z, centres).square().min(-1); // [N]
            centres = Tensor.cat(0, centres, z.select(0, anyOf(distance.log(), rng)));
        }
        Tensor logVars = spread.times(FIRST).log().expand(centres.shape());
        return new MixturePrior(Tensor.zeros(DType.FLOAT64, z.device(), Shape.of(components)), centres, logVars);
    }

    private static Tensor anyOf(Tensor logits, Rng rng) {
        return new Categorical(logits.to(DType.FLOAT32), 0).sample(1, rng);
    }

    /** An expectation and a maximisation. */
    private static MixturePrior next(Tensor z, Tensor spread, MixturePrior mixture) {
        Tensor shares = logJoint(z, mixture).softmax(-1).transpose(0, 1); // [C, N]
        Tensor counts = shares.sum(-1).unsqueeze(-1).plus(TINY); // [C, 1]
        Tensor means = shares.matmul(z).over(counts);
        Tensor variances = shares.matmul(z.square()).over(counts).minus(means.square());
        return new MixturePrior(
                counts.squeeze(-1).log(),
                means,
                variances.maximum(spread.times(LEAST)).log());
    }

    /** log p(c) + log p(z|c), [N, C]. */
    private static Tensor logJoint(Tensor z, MixturePrior mixture) {
        return new DiagonalNormal(mixture.loc(), mixture.logVar(), 1)
                .logProbUnderEach(z, 1)
                .plus(mixture.logits().logSoftmax(-1));
    }
}
