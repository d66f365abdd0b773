package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * The negative ELBO where few examples have a label and batches hold more of these than the data do. Examples with a label weigh so
 * much less, those without so much more, that a batch's mean is without bias that of the data: Σ over labelled and unlabelled
 * examples of Kingma et al. (2014), eq. 8. Else the decoder would learn the few labelled images by heart.
 *
 * @param beta weight of the rate
 * @param field which some examples lack
 * @param labels how many of the training set have it
 */
public record SemiSupervised(Schedule beta, String field, int labels) implements Objective {
    /** Below, a batch has none. */
    private static final double NONE = 1e-6;

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if β is negative somewhere, or there are no labels
     */
    public SemiSupervised {
        if (!(beta.least() >= 0)) {
            throw new IllegalArgumentException("beta must be at least 0 everywhere; got " + beta);
        }
        if (labels < 1) {
            throw new IllegalArgumentException("some examples have a label; got " + labels);
        }
    }

    @Override
    public Loss loss(LatentVariableModel model, Batch batch, Step step) {
        Draw draw = model.draw(batch, 1, step.pass());
        Tensor weights = weights(batch, step.examples()); // [B]
        Tensor distortion =
                draw.expectation(draw.logLikelihood(), 0).times(weights).mean().negate();
        Tensor rate = draw.expectation(draw.kl(), 0).times(weights).mean();
        Bound bound = new Bound(distortion, rate);
        Tensor weight = step.value(beta);
        Map<String, Tensor> terms = bound.terms();
        terms.put("beta", weight);
        terms.putAll(draw.penalties());
        Tensor total = distortion.plus(rate.times(weight));
        return new Loss(draw.penalties().values().stream().reduce(total, Tensor::plus), terms);
    }

    /** What each example weighs, 1 on average, [B]: its kind's part of the data over its kind's part of the batch. */
    private Tensor weights(Batch batch, long examples) {
        double part = Math.min(1, (double) labels / examples);
        Tensor present = batch.present(field); // [B]
        Tensor lacking = present.negate().plus(1);
        Tensor ofLabelled = present.times(part).over(present.mean().clamp(NONE, 1));
        Tensor ofOthers = lacking.times(1 - part).over(lacking.mean().clamp(NONE, 1));
        Tensor weights = ofLabelled.plus(ofOthers);
        return weights.over(weights.mean().clamp(NONE, Float.MAX_VALUE));
    }
}
