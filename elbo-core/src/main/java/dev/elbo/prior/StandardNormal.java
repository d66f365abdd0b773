package dev.elbo.prior;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Tensor;

/**
 * p(z) = N(0, I), whatever the condition.
 *
 * @param dims the number of latent dimensions
 * @param device where its parameters are made
 */
public record StandardNormal(int dims, Device device) implements Conditional<DiagonalNormal> {
    @Override
    public DiagonalNormal given(Pass pass, Tensor... parents) {
        return DiagonalNormal.standard(dims, device);
    }

    /** As an option: {@code normal}. */
    public record Kind() implements PriorKind {
        @Override
        public StandardNormal prior(Beside model, Initializer initial) {
            return new StandardNormal(model.latents(), initial.device());
        }

        @Override
        public String toString() {
            return "normal";
        }
    }
}
