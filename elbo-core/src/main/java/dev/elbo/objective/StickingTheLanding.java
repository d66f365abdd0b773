package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.option.About;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * The evidence lower bound with the gradient that sticks to the landing: the mean of log w over K samples, with gradients along
 * the paths of samples alone. Roeder et al. (2017), section 3 and algorithm 1. Its variance falls to 0 as the posterior becomes exact;
 * that of the bound with a closed-form rate does not. With one sample it is the doubly reparameterised gradient.
 *
 * @param samples K
 */
public record StickingTheLanding(
        @About("samples K, over which the bound is averaged")
        int samples) implements Objective {
    private static final LogWeights WEIGHTS = new LogWeights("sticking the landing", "Choose recipe vae");

    /**
     * Validates K.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public StickingTheLanding {
        if (samples < 1) {
            throw new IllegalArgumentException("the bound needs a sample; got " + samples);
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Draw draw = model.draw(batch, samples, step.pass());
        Tensor bound = WEIGHTS.alongPaths(draw).mean();
        Map<String, Tensor> terms = Bound.of(draw).terms(bound);
        return Loss.of(draw, bound.negate(), terms);
    }

    @Override
    public boolean isMeanOverExamples() {
        return true;
    }
}
