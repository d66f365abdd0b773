package dev.elbo.prior;

import dev.elbo.distribution.Categorical;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Mixture;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * p(z) = Σₘ πₘ N(locₘ, diag(exp(logVarₘ))), whose weights, means and variances are learned, whatever the condition. Tomczak and
 * Welling (2018), section 2, with weights of their own; Jiang et al. (2017), eq. 1 and 2. Means begin spread as N(0, I) is.
 *
 * @param logits of the weights π, [M]
 * @param loc [M, D]
 * @param logVar [M, D]
 */
public record MixturePrior(Tensor logits, Tensor loc, Tensor logVar) implements Conditional<Mixture>, OfCodes {
    @Override
    public Mixture given(Pass pass, Tensor... parents) {
        return new Mixture(logits, new DiagonalNormal(loc, logVar, 1), 1);
    }

    /** With equal weights, unit variances, and means of N(0, I). */
    public static MixturePrior of(int components, int dims, Initializer initial) {
        return new MixturePrior(
                initial.constant(0, components),
                initial.normal(1, components, dims),
                initial.constant(0, components, dims));
    }

    /** M. */
    public long components() {
        return logits.size(0);
    }

    /** p(m). */
    public Categorical clusters() {
        return new Categorical(logits, 0);
    }

    /**
     * p(z|m).
     *
     * @param m INT64 [...]
     * @return a batch of [...], over [D]
     */
    public DiagonalNormal of(Tensor m) {
        return new DiagonalNormal(chosen(loc, m), chosen(logVar, m), 1);
    }

    private static Tensor chosen(Tensor rows, Tensor m) {
        Shape shape = m.shape().append(rows.size(1));
        return rows.select(0, m.reshape(-1)).reshape(shape);
    }

    /**
     * p(m|z), by Bayes' rule.
     *
     * @param z [..., D]
     * @return a batch of [...]
     */
    public Categorical cluster(Tensor z) {
        Tensor each = new DiagonalNormal(loc, logVar, 1).logProbUnderEach(z, 1); // [..., M]
        return new Categorical(each.plus(logits.logSoftmax(-1)), 0);
    }

    /** Takes the values of another mixture of as many components and dimensions. */
    public void become(MixturePrior other) {
        try (GradientMode off = GradientMode.off()) {
            logits.assign(other.logits.to(logits.dtype()));
            loc.assign(other.loc.to(loc.dtype()));
            logVar.assign(other.logVar.to(logVar.dtype()));
        }
    }

    /** The mixture becomes the likeliest one of the codes. */
    @Override
    public void begin(Tensor codes, Rng rng) {
        become(MixtureFit.of(codes, Math.toIntExact(components()), rng).mixture());
    }

    /**
     * As an option: {@code mixture(10)}.
     *
     * @param components M
     */
    public record Kind(int components) implements PriorKind.Learned {
        /** Validates M. */
        public Kind {
            if (components < 1) {
                throw new IllegalArgumentException(
                        "a mixture has one component or more; got mixture(" + components + ")");
            }
        }

        @Override
        public MixturePrior prior(Beside model, Initializer initial) {
            return MixturePrior.of(components, model.latents(), initial);
        }

        @Override
        public String toString() {
            return "mixture(" + components + ")";
        }
    }
}
