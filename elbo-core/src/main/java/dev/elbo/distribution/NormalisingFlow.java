package dev.elbo.distribution;

import dev.elbo.nn.Bijection;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.List;

/**
 * A normal moved by transformations that are fast forwards and have no inverse, or a slow one: it knows the density of its own
 * samples alone, log q(z) = log q(z₀) − Σₜ log |det ∂fₜ/∂zₜ₋₁|. Rezende and Mohamed (2015), eq. 7.
 *
 * @param base of z₀, [batch..., D]
 * @param steps f₁, f₂, …, the first applied first
 */
public record NormalisingFlow(DiagonalNormal base, List<? extends Transformation> steps) implements Reparameterised {
    /** Copies the list. */
    public NormalisingFlow {
        steps = List.copyOf(steps);
    }

    @Override
    public Scored rsample(int samples, Rng rng) {
        Scored start = base.rsample(samples, rng);
        Bijection.Image end = image(start.value());
        return new Scored(end.value(), () -> start.logProb().minus(end.logDeterminant()));
    }

    private Bijection.Image image(Tensor start) {
        Bijection.Image image = Bijection.Image.of(start);
        for (Transformation step : steps) {
            image = image.then(step::of);
        }
        return image;
    }

    /** The image of the base's centre: a flow's mean has no closed form. */
    @Override
    public Tensor centre() {
        return image(base.centre()).value();
    }

    @Override
    public NormalisingFlow detached() {
        return new NormalisingFlow(
                base.detached(), steps.stream().map(Transformation::detached).toList());
    }
}
