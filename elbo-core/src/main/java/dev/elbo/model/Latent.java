package dev.elbo.model;

import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Factorised;
import dev.elbo.distribution.Scored;
import dev.elbo.tensor.Tensor;

/**
 * One latent variable of a draw.
 *
 * @param name as in {@code z}
 * @param sample z of q(z|x), [K, B, ...], with log q(z|x)
 * @param posterior q(z|x)
 * @param prior p(z)
 */
public record Latent(String name, Scored sample, Distribution posterior, Distribution prior) {

    /** z, [K, B, ...]. */
    public Tensor value() {
        return sample.value();
    }

    /** log q(z|x) in nats, [K, B]. */
    public Tensor logPosterior() {
        return sample.logProb();
    }

    /** log p(z) in nats, [K, B]. */
    public Tensor logPrior() {
        return prior.logProb(value());
    }

    /** KL(q(z|x) ‖ p(z)) in nats: exact, [B], where there is a closed form, else its estimate, [K, B]. */
    public Tensor kl() {
        return posterior.klTo(prior).orElseGet(() -> logPosterior().minus(logPrior()));
    }

    /**
     * The divergence of each dimension in nats, [B, D].
     *
     * @throws IllegalArgumentException if posterior or prior do not factorise
     */
    public Tensor klPerDimension() {
        if (posterior instanceof Factorised factorised) {
            return factorised.klPerElementTo(prior).orElseThrow(this::doesNotFactorise);
        }
        throw doesNotFactorise();
    }

    private IllegalArgumentException doesNotFactorise() {
        return new IllegalArgumentException(
                "a divergence for each dimension needs a factorised posterior and prior with"
                        + " a closed form; latent '" + name + "' has "
                        + posterior.getClass().getSimpleName() + " and "
                        + prior.getClass().getSimpleName());
    }
}
