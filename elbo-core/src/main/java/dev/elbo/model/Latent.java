package dev.elbo.model;

import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Point;
import dev.elbo.distribution.RandomVariable;
import dev.elbo.distribution.Scored;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Optional;

/**
 * One latent variable of a draw. A latent below another has a posterior, and a prior, for each sample of that; its
 * figures are then [K, B, ...], and {@link Draw#expectation} brings them to [B, ...].
 *
 * @param name as in {@code z}
 * @param sample z of q(z|x), [K, B, event...], with log q(z|x)
 * @param posterior q(z|x)
 * @param prior p(z)
 * @param isAlong whether it has a vector for each step of an example, however many there are
 */
public record Latent(String name, Scored sample, RandomVariable posterior, Distribution prior, boolean isAlong) {
    /** A latent whose dimensions are the elements of its event. */
    public Latent(String name, Scored sample, RandomVariable posterior, Distribution prior) {
        this(name, sample, posterior, prior, false);
    }

    /**
     * A latent that has a vector for each step of an example, [K, B, steps, D]: its figures are those of the D dimensions, summed over the
     * steps, or for its centre averaged.
     */
    public static Latent along(String name, Scored sample, RandomVariable posterior, Distribution prior) {
        return new Latent(name, sample, posterior, prior, true);
    }

    /** z, [K, B, event...]. */
    public Tensor value() {
        return sample.value();
    }

    /** Whether there is a posterior for each value of a latent above. */
    public boolean isBelowAnother() {
        return posterior.centre().rank() == value().rank();
    }

    /** log q(z|x) in nats, [K, B]. */
    public Tensor logPosterior() {
        return sample.logProb();
    }

    /** log p(z) in nats, [K, B]. */
    public Tensor logPrior() {
        return prior.logProb(value());
    }

    /** Whether KL(q(z|x) ‖ p(z)) is a number: that of a point among real numbers is infinite. */
    public boolean hasRate() {
        return !(posterior instanceof Point point) || point.hasMass();
    }

    /** A draw of the prior for each example, [B, event...], without gradients. */
    public Tensor samplePrior(Rng rng) {
        Shape each = value().shape().slice(1, value().rank());
        boolean hasOneForEach = prior.centre().rank() > each.rank() - 1;
        return prior.sample(hasOneForEach ? 1 : (int) each.size(0), rng).reshape(each);
    }

    /** KL(q(z|x) ‖ p(z)) in nats: exact, [B] or [K, B], where there is a closed form, else its estimate, [K, B]. */
    public Tensor kl() {
        return posterior.klTo(prior).orElseGet(() -> logPosterior().minus(logPrior()));
    }

    /**
     * The divergence of each dimension in nats, [B, D] or [K, B, D] with D elements of an event, if posterior and prior
     * factorise and it has a closed form.
     */
    public Optional<Tensor> klPerDimension() {
        return posterior.klPerElementTo(prior).map(nats -> isAlong ? nats.sum(-2) : flat(nats));
    }

    /** The centre of the posterior, [B, D] or [K, B, D]. */
    public Tensor centre() {
        return isAlong ? posterior.centre().mean(-2) : flat(posterior.centre());
    }

    /** [..., event...] as [..., D]. */
    private Tensor flat(Tensor figures) {
        int eventRank = value().rank() - 2;
        Shape shape = figures.shape();
        return eventRank == 1
                ? figures
                : figures.reshape(
                        shape.dropLast(eventRank).append(shape.last(eventRank).elements()));
    }
}
