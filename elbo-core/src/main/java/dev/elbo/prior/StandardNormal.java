package dev.elbo.prior;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.DiagonalNormal;
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
}
