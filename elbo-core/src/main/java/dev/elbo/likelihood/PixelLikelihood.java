package dev.elbo.likelihood;

import dev.elbo.data.Pixels;
import dev.elbo.distribution.Bernoulli;
import dev.elbo.distribution.ContinuousBernoulli;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.DiscretisedLogisticMixture;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Head;
import dev.elbo.distribution.Laplace;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Tensor;
import java.util.List;

/**
 * The families for pixels. Each reads parameters [..., P, C, H, W], P for each pixel and channel, as a
 * distribution over images [..., C, H, W].
 */
public enum PixelLikelihood {
    /** For binary pixels, or grey ones taken as probabilities. */
    BERNOULLI(1) {
        @Override
        public Head<? extends Distribution> head(Initializer initial) {
            return new Logits();
        }
    },
    /** For grey pixels. */
    CONTINUOUS_BERNOULLI(1) {
        @Override
        public Head<? extends Distribution> head(Initializer initial) {
            return new GreyLogits();
        }
    },
    /** For grey pixels, with one learned variance for all of them. Rybkin et al. (2021), section 3. */
    NORMAL(1) {
        @Override
        public Head<? extends Distribution> head(Initializer initial) {
            return new SharedVariance(initial.constant(0));
        }
    },
    /** For grey pixels, with one learned scale for all of them. */
    LAPLACE(1) {
        @Override
        public Head<? extends Distribution> head(Initializer initial) {
            return new SharedScale(initial.constant(0));
        }
    },
    /** For pixels of 256 levels: a mixture of {@value #COMPONENTS} for each. */
    LOGISTIC_MIXTURE(3 * PixelLikelihood.COMPONENTS) {
        @Override
        public Head<? extends Distribution> head(Initializer initial) {
            return new Mixture();
        }
    };

    private static final int COMPONENTS = 5;
    private static final int EVENT_RANK = 3;
    private static final int PARAMETERS = -4;

    private final int parameters;

    PixelLikelihood(int parameters) {
        this.parameters = parameters;
    }

    /** P: how many numbers the network gives for each pixel and channel. */
    public int parameters() {
        return parameters;
    }

    /** The treatments of pixels that this is a density of; the first is the usual one. */
    public List<Pixels> treatments() {
        return this == BERNOULLI ? List.of(Pixels.DYNAMIC, Pixels.STATIC, Pixels.PROBABILITIES) : List.of(Pixels.GREY);
    }

    /** What turns these numbers into a distribution. */
    public abstract Head<? extends Distribution> head(Initializer initial);

    private record Logits() implements Head<Bernoulli> {
        @Override
        public Bernoulli of(Tensor output) {
            return new Bernoulli(output.squeeze(PARAMETERS), EVENT_RANK);
        }
    }

    private record GreyLogits() implements Head<ContinuousBernoulli> {
        @Override
        public ContinuousBernoulli of(Tensor output) {
            return new ContinuousBernoulli(output.squeeze(PARAMETERS), EVENT_RANK);
        }
    }

    private record SharedVariance(Tensor logVar) implements Head<DiagonalNormal> {
        @Override
        public DiagonalNormal of(Tensor output) {
            return new DiagonalNormal(output.squeeze(PARAMETERS), logVar, EVENT_RANK);
        }
    }

    private record SharedScale(Tensor logScale) implements Head<Laplace> {
        @Override
        public Laplace of(Tensor output) {
            return new Laplace(output.squeeze(PARAMETERS), logScale, EVENT_RANK);
        }
    }

    private record Mixture() implements Head<DiscretisedLogisticMixture> {
        /** Scales begin at about 9 of 256 levels: each pixel feels every component. */
        private static final double INITIAL_LOG_SCALE = -3.3;

        /** A twentieth of a level: narrower ones gain nothing and overflow exp(−logScale). */
        private static final double LEAST_LOG_SCALE = -8.5;

        @Override
        public DiscretisedLogisticMixture of(Tensor output) {
            Tensor last = output.moveDim(PARAMETERS, -1); // [..., C, H, W, P]
            Tensor loc = last.narrow(-1, COMPONENTS, COMPONENTS).plus(0.5);
            Tensor logScale = last.narrow(-1, 2 * COMPONENTS, COMPONENTS)
                    .plus(INITIAL_LOG_SCALE)
                    .clamp(LEAST_LOG_SCALE, Float.MAX_VALUE);
            return new DiscretisedLogisticMixture(last.narrow(-1, 0, COMPONENTS), loc, logScale, EVENT_RANK);
        }
    }
}
