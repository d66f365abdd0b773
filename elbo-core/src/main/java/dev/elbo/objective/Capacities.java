package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.distribution.OneHots;
import dev.elbo.model.Draw;
import dev.elbo.model.Latent;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.option.About;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * The loss of the JointVAE: distortion + γ Σ |KL − C| over the latents, each of which is brought to a capacity C of its own that grows.
 * Dupont (2018), eq. 7. The rate of a latent is its mean over the batch.
 *
 * @param gamma γ
 * @param continuous C of latents that are vectors, in nats
 * @param discrete C of latents that are choices, in nats
 */
public record Capacities(
        @About("weight of what rates are away from their capacities")
        double gamma,

        @About("schedule of the capacity of z, in nats, over epochs")
        Schedule continuous,

        @About(
                "schedule of the capacity of the choice c, in nats, over epochs; log of the classes is the most it can carry")
        Schedule discrete)
        implements Objective {

    /**
     * Validates γ and capacities.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public Capacities {
        if (!(gamma >= 0 && continuous.least() >= 0 && discrete.least() >= 0)) {
            throw new IllegalArgumentException("gamma and capacities are at least 0; got gamma " + gamma
                    + ", continuous " + continuous + " and discrete " + discrete);
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Draw draw = model.draw(batch, 1, step.pass());
        Bound bound = Bound.of(draw);
        Map<String, Tensor> terms = bound.terms();
        Tensor total = bound.distortion();
        for (Latent latent : draw.latents()) {
            Tensor rate = draw.mean(latent.kl());
            Tensor capacity = step.value(latent.prior() instanceof OneHots ? discrete : continuous);
            total = total.plus(rate.minus(capacity).abs().times(gamma));
            terms.put("rate-" + latent.name(), rate);
            terms.put("capacity-" + latent.name(), capacity);
        }
        terms.put("loss", total);
        return Loss.of(draw, total, terms);
    }
}
