package dev.elbo.distribution;

import dev.elbo.nn.AutoregressiveStep;
import dev.elbo.nn.Bijection;
import dev.elbo.nn.Copy;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.List;

/**
 * A normal moved by autoregressive steps, which are fast forwards and slow backwards: it knows the density of its own samples
 * alone, log q(z) = log q(z₀) − Σₜ Σᵢ log σₜᵢ. Kingma et al. (2016), algorithm 1 and eq. 15.
 *
 * @param base of z₀, [batch..., D]
 * @param context that all steps see, [batch..., C]
 * @param steps the first applied first
 */
public record InverseAutoregressiveFlow(DiagonalNormal base, Tensor context, List<AutoregressiveStep> steps)
        implements Reparameterised {
    /** Copies the list. */
    public InverseAutoregressiveFlow {
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
        for (AutoregressiveStep step : steps) {
            image = image.then(z -> step.forward(z, context));
        }
        return image;
    }

    /** The image of the base's centre: a flow's mean has no closed form. */
    @Override
    public Tensor centre() {
        return image(base.centre()).value();
    }

    @Override
    public InverseAutoregressiveFlow detached() {
        return new InverseAutoregressiveFlow(
                base.detached(),
                context.detach(),
                steps.stream().map(Copy::frozen).toList());
    }
}
