package dev.elbo.prior;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;

/**
 * p(z) = N(loc, diag(exp(logVar))), whose parameters are learned, whatever the condition. It begins as N(0, I). Tomczak and
 * Welling (2018), section 2.
 *
 * @param loc [D]
 * @param logVar [D]
 */
public record LearnedNormal(Tensor loc, Tensor logVar) implements Conditional<DiagonalNormal> {
    @Override
    public DiagonalNormal given(Pass pass, Tensor... parents) {
        return new DiagonalNormal(loc, logVar, 1);
    }

    /** As an option: {@code learned}. */
    public record Kind() implements PriorKind.Learned {
        @Override
        public LearnedNormal prior(Beside model, Initializer initial) {
            return new LearnedNormal(initial.constant(0, model.latents()), initial.constant(0, model.latents()));
        }

        @Override
        public String toString() {
            return "learned";
        }
    }
}
