package dev.elbo.train;

import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;

/**
 * An exponential moving average of a model's parameters, θ̄ ← d θ̄ + (1 − d) θ, which is what is evaluated
 * and kept. Polyak and Juditsky (1992); Ho et al. (2020) for generative models.
 */
final class Ema {
    private final Scope home = Scope.current();
    private final double decay;
    private final Tensor average;

    /** Begins at the present values, [P]. */
    Ema(double decay, Tensor values) {
        this.decay = decay;
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
    }

    void update(Tensor values) {
        try (GradientMode off = GradientMode.off()) {
            average.lerpInPlace(values, 1 - decay);
        }
    }
}
