package dev.elbo.likelihood;

import dev.elbo.data.Pixels;
import dev.elbo.distribution.DiscretisedLogisticMixture;
import dev.elbo.distribution.Head;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Tensor;

/** {@code logistic-mixture}, for pixels of 256 levels: a mixture of {@value #COMPONENTS} for each pixel and channel. */
record LogisticMixtureLikelihood() implements PixelLikelihood {
    static final int COMPONENTS = 5;

    /** Scales begin at about 9 of 256 levels: each pixel feels every component. */
    private static final double INITIAL_LOG_SCALE = -3.3;

    /** A twentieth of a level: narrower ones gain nothing and overflow exp(−logScale). */
    private static final double LEAST_LOG_SCALE = -8.5;

    @Override
    public int parameters() {
        return 3 * COMPONENTS;
    }

    @Override
    public Head<DiscretisedLogisticMixture> head(String field, Initializer initial) {
        return new Mixture();
    }

    @Override
    public boolean isProbability(Pixels treatment) {
        return true;
    }

    @Override
    public String toString() {
        return "logistic-mixture";
    }

    /** Where a network that says 0 puts a location: in the middle. */
    static Tensor loc(Tensor output) {
        return output.plus(0.5);
    }

    /** The logarithm of a scale. */
    static Tensor logScale(Tensor output) {
        return output.plus(INITIAL_LOG_SCALE).clamp(LEAST_LOG_SCALE, Float.MAX_VALUE);
    }

    private record Mixture() implements Head<DiscretisedLogisticMixture> {
        @Override
        public DiscretisedLogisticMixture of(Tensor output) {
            Tensor last = output.moveDim(PARAMETERS, -1); // [..., C, H, W, P]
            return new DiscretisedLogisticMixture(
                    last.narrow(-1, 0, COMPONENTS),
                    loc(last.narrow(-1, COMPONENTS, COMPONENTS)),
                    logScale(last.narrow(-1, 2 * COMPONENTS, COMPONENTS)),
                    EVENT_RANK);
        }
    }
}
