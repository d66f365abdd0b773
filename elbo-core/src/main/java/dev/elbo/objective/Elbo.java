package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.Latent;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.option.About;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * The negative evidence lower bound: distortion E_q[−log p(x|z)] plus β times rate KL(q(z|x) ‖ p(z)).
 * β = 1 is the bound of Kingma and Welling (2014), eq. 3; a larger one that of the β-VAE, Higgins et al.
 * (2017), eq. 4; a schedule anneals.
 *
 * <p>With free bits λ the rate that is minimised is Σⱼ max(λ, rateⱼ) over dimensions j, with rates
 * averaged over the batch: a dimension may carry λ nats at no cost. Kingma et al. (2016), eq. 15.
 *
 * @param beta the weight of the rate
 * @param freeBits λ in nats for each latent dimension; 0 for none
 */
public record Elbo(
        @About("schedule of the rate's weight, in epochs: 1, linear(0, 1, 10), …")
        Schedule beta,

        @About("nats that each latent dimension may carry at no cost")
        double freeBits)
        implements Objective {

    /**
     * Validates β and λ.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public Elbo {
        if (!(beta.least() >= 0)) {
            throw new IllegalArgumentException("beta must be at least 0 everywhere; got " + beta);
        }
        if (!(freeBits >= 0)) {
            throw new IllegalArgumentException("free bits are nats per dimension, at least 0; got " + freeBits);
        }
    }

    /** The plain bound. */
    public static Elbo standard() {
        return new Elbo(Schedule.constant(1), 0);
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Draw draw = model.draw(batch, 1, step.pass());
        Bound bound = Bound.of(draw);
        Tensor weight = step.value(beta);
        Tensor total = draw.penalised(bound.distortion().plus(weight.times(charged(draw, bound.rate()))));
        Map<String, Tensor> terms = bound.terms();
        terms.put("beta", weight);
        terms.putAll(draw.penalties());
        return new Loss(total, terms);
    }

    /** Free bits compare rates that are averaged over the whole batch. */
    @Override
    public boolean isMeanOverExamples() {
        return freeBits == 0;
    }

    /** The rate as it is charged for: without what is free. */
    private Tensor charged(Draw draw, Tensor rate) {
        return freeBits == 0
                ? rate
                : draw.latents().stream()
                        .map(latent -> charged(draw, latent))
                        .reduce(Tensor::plus)
                        .orElseThrow();
    }

    private Tensor charged(Draw draw, Latent latent) {
        Tensor perExample = latent.klPerDimension().orElseThrow(() -> doesNotFactorise(latent));
        Tensor rates = draw.expectation(perExample, 1).mean(0); // [D]
        return rates.clamp(freeBits, Float.MAX_VALUE).sum();
    }

    private static IllegalArgumentException doesNotFactorise(Latent latent) {
        return new IllegalArgumentException("free bits need a factorised posterior and prior with a closed form of"
                + " their divergence; latent '" + latent.name() + "' has "
                + latent.posterior().getClass().getSimpleName() + " and "
                + latent.prior().getClass().getSimpleName() + ". Set freeBits to 0, or choose others");
    }
}
