package dev.elbo.model;

import dev.elbo.distribution.RandomVariable;
import dev.elbo.tensor.Tensor;

/**
 * A posterior of which the prior depends on what was drawn from it: its divergence is no closed form, but that of samples.
 *
 * @param q the posterior
 */
record BySamples(RandomVariable q) implements RandomVariable {
    @Override
    public Tensor centre() {
        return q.centre();
    }
}
