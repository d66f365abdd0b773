package dev.elbo.prior;

import dev.elbo.distribution.Categorical;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Module;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * A mixture of C normals over D dimensions, p(c) = π_c and p(z|c) = N(μ_c, diag(σ_c²)). Jiang et al. (2017), eq. 1 and 2.
 *
 * @param logits π before softmax, [C]
 * @param means μ, [C, D]
 * @param logVars log σ², [C, D]
 */
public record MixturePrior(Tensor logits, Tensor means, Tensor logVars) implements Module {
    /** With equal weights, unit variances, and means of N(0, I). */
    public static MixturePrior of(int components, int dims, Initializer initial) {
        return new MixturePrior(
                initial.constant(0, components),
                initial.normal(1, components, dims),
                initial.constant(0, components, dims));
    }

    /** C. */
    public long components() {
        return logits.size(0);
    }

    /** p(c). */
    public Categorical clusters() {
        return new Categorical(logits, 0);
    }

    /**
     * p(z|c).
     *
     * @param c INT64 [...]
     * @return a batch of [...], over [D]
     */
    public DiagonalNormal of(Tensor c) {
        return new DiagonalNormal(chosen(means, c), chosen(logVars, c), 1);
    }

    private static Tensor chosen(Tensor rows, Tensor c) {
        Shape shape = c.shape().append(rows.size(1));
        return rows.select(0, c.reshape(-1)).reshape(shape);
    }

    /**
     * p(c|z), by Bayes' rule.
     *
     * @param z [..., D]
     * @return a batch of [...]
     */
    public Categorical cluster(Tensor z) {
        Tensor each = new DiagonalNormal(means, logVars, 1).logProbUnderEach(z, 1); // [..., C]
        return new Categorical(each.plus(logits.logSoftmax(-1)), 0);
    }

    /** Takes the values of another mixture of as many components and dimensions. */
    public void become(MixturePrior other) {
        try (GradientMode off = GradientMode.off()) {
            logits.assign(other.logits.to(logits.dtype()));
            means.assign(other.means.to(means.dtype()));
            logVars.assign(other.logVars.to(logVars.dtype()));
        }
    }
}
