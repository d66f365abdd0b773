package dev.elbo.distribution;

import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/** A reparameterised distribution with a density for every value. */
public interface Pathwise extends Reparameterised, Distribution {
    @Override
    Pathwise detached();

    @Override
    default Tensor sample(int samples, Rng rng) {
        try (GradientMode off = GradientMode.off()) {
            return rsample(samples, rng).value();
        }
    }
}
