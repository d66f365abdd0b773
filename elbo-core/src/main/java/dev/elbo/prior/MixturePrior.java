package dev.elbo.prior;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Mixture;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;

/**
 * p(z) = Σₘ πₘ N(locₘ, diag(exp(logVarₘ))), whose weights, means and variances are learned, whatever the condition. Tomczak and
 * Welling (2018), section 2, with weights of their own. Means begin spread as N(0, I) is.
 *
 * @param logits of the weights π, [M]
 * @param loc [M, D]
 * @param logVar [M, D]
 */
public record MixturePrior(Tensor logits, Tensor loc, Tensor logVar) implements Conditional<Mixture> {
    @Override
    public Mixture given(Pass pass, Tensor... parents) {
        return new Mixture(logits, new DiagonalNormal(loc, logVar, 1), 1);
    }

    /**
     * As an option: {@code mixture(10)}.
     *
     * @param components M
     */
    public record Kind(int components) implements PriorKind {
        /** Validates M. */
        public Kind {
            if (components < 1) {
                throw new IllegalArgumentException(
                        "a mixture has one component or more; got mixture(" + components + ")");
            }
        }

        @Override
        public MixturePrior prior(Beside model, Initializer initial) {
            return new MixturePrior(
                    initial.constant(0, components),
                    initial.normal(1, components, model.latents()),
                    initial.constant(0, components, model.latents()));
        }

        @Override
        public String toString() {
            return "mixture(" + components + ")";
        }
    }
}
