package dev.elbo.model;

import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Factorised;
import dev.elbo.distribution.Scored;
import dev.elbo.tensor.Tensor;
import java.util.Optional;

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

    /** The divergence of each dimension in nats, [B, D], if posterior and prior factorise and it has a closed form. */
    public Optional<Tensor> klPerDimension() {
        return posterior instanceof Factorised factorised ? factorised.klPerElementTo(prior) : Optional.empty();
    }
}
