package dev.elbo.distribution;

import dev.elbo.tensor.Rng;

/**
 * A random variable whose samples are a differentiable function of its parameters and of noise that does
 * not depend on them: what a posterior must be. Kingma and Welling (2014), section 2.4. It need not know the density of
 * any value but its own samples: a flow that is slow to invert does not.
 */
public interface Reparameterised extends RandomVariable {
    /**
     * Independent draws through which gradients reach the parameters.
     *
     * @return value [samples, batch..., event...]
     */
    Scored rsample(int samples, Rng rng);

    /** The same random variable with parameters that are constant for gradients. */
    Reparameterised detached();
}
