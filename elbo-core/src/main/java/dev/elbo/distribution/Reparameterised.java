package dev.elbo.distribution;

import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/**
 * A distribution whose samples are a differentiable function of its parameters and of noise that does
 * not depend on them: what a posterior must be. Kingma and Welling (2014), section 2.4.
 */
public interface Reparameterised extends Distribution {

    /**
     * Independent draws through which gradients reach the parameters.
     *
     * @return value [samples, batch..., event...]
     */
    Scored rsample(int samples, Rng rng);

    /** The same distribution with parameters that are constant for gradients. */
    Reparameterised detached();

    @Override
    default Tensor sample(int samples, Rng rng) {
        try (GradientMode off = GradientMode.off()) {
            return rsample(samples, rng).value();
        }
    }
}
