package dev.elbo.train;

import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;

/**
 * An exponential moving average of a model's parameters, which is what is evaluated and kept. Polyak and Juditsky (1992); Ho et al. (2020) for
 * generative models.
 *
 * <pre>
 * θ̄ₙ = Σₖ d^(n−k) θₖ / Σₖ d^(n−k), k from 1 to n
 *    = θ̄ₙ₋₁ + (1 − d) / (1 − dⁿ) (θₙ − θ̄ₙ₋₁)
 * </pre>
 *
 * <p>Parameters before the first step have no part in it: the bias that a fixed weight 1 − d would have is corrected as Adam corrects its moments
 * (Kingma and Ba 2015, section 3), so that a model is worth looking at after one epoch too.
 */
final class Ema {
    private final Scope home = Scope.current();
    private final Tensor decay;
    private final Tensor rest;
    private final Tensor average;

    /** Begins at the present values, [P], for use before the first step. */
    Ema(double decay, Tensor values) {
        this.decay = Tensor.scalar(decay, values.device());
        this.rest = Tensor.scalar(1 - (float) decay, values.device());
        try (GradientMode off = GradientMode.off()) {
            this.average = values.copy();
        }
    }

    /** The average, [P]. */
    Tensor average() {
        return average;
    }

    void free() {
        home.release(average);
        home.release(decay);
        home.release(rest);
    }

    /**
     * Takes the values of a step into the average.
     *
     * @param values θₙ, [P]
     * @param steps n, of rank 0, on the device, so that a recorded step has its own n at each replay
     */
    void update(Tensor values, Tensor steps) {
        try (GradientMode off = GradientMode.off()) {
            average.lerpInPlace(values, rest.over(decay.pow(steps).negate().plus(1)));
        }
    }
}
