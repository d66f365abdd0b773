package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.option.About;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * A rate that is drawn to a capacity C, which grows as training goes on: distortion + γ |rate − C|. Burgess et al. (2018), eq. 8.
 * Factors of variation enter the code one after another, those first that pay most.
 *
 * @param gamma γ
 * @param capacity C in nats, of all latents together
 */
public record Capacity(
        @About("weight of the distance of rate and capacity")
        double gamma,

        @About("schedule of the rate that is asked for, in nats: linear(0, 25, 10), …")
        Schedule capacity)
        implements Objective {
    /**
     * Validates γ and C.
     *
     * @throws IllegalArgumentException if γ is not positive, or C negative
     */
    public Capacity {
        if (!(gamma > 0)) {
            throw new IllegalArgumentException("gamma must be positive; got " + gamma);
        }
        if (!(capacity.least() >= 0)) {
            throw new IllegalArgumentException("a capacity is at least 0 everywhere; got " + capacity);
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Draw draw = model.draw(batch, 1, step.pass());
        Bound bound = Bound.of(draw);
        Tensor asked = step.value(capacity);
        Tensor total = draw.penalised(
                bound.distortion().plus(bound.rate().minus(asked).abs().times(gamma)));
        Map<String, Tensor> terms = bound.terms();
        terms.put("capacity", asked);
        terms.put("loss", total);
        terms.putAll(draw.penalties());
        return new Loss(total, terms);
    }
}
