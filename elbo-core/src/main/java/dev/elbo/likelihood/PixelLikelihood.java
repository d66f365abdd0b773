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
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The families for pixels. Each reads parameters [..., P, C, H, W], P for each pixel and channel, as a
 * distribution over images [..., C, H, W].
 */
public enum PixelLikelihood {
    /** For binary pixels, or grey ones taken as probabilities. */
    BERNOULLI(1) {
        @Override
        public Head<? extends Distribution> head(String field, Initializer initial) {
            return new Logits();
        }
    },
    /** For grey pixels. */
    CONTINUOUS_BERNOULLI(1) {
        @Override
        public Head<? extends Distribution> head(String field, Initializer initial) {
            return new GreyLogits();
        }
    },
    /** For grey pixels, with one learned variance for all of them, the data's at first. Rybkin et al. (2021), section 3. */
    NORMAL(1) {
        @Override
        public Head<? extends Distribution> head(String field, Initializer initial) {
            return new SharedVariance(initial.constant(2 * logSpread(field, initial, Tensor::square, 2)));
        }
    },
    /** For grey pixels, with one learned scale for all of them, the data's at first. */
    LAPLACE(1) {
        @Override
        public Head<? extends Distribution> head(String field, Initializer initial) {
            return new SharedScale(initial.constant(logSpread(field, initial, Tensor::abs, 1)));
        }
    },
    /** For pixels of 256 levels: a mixture of {@value #COMPONENTS} for each. */
    LOGISTIC_MIXTURE(3 * PixelLikelihood.COMPONENTS) {
        @Override
        public Head<? extends Distribution> head(String field, Initializer initial) {
            return new Mixture();
        }
    };

    private static final int COMPONENTS = 5;
    private static final int EVENT_RANK = 3;
    private static final int PARAMETERS = -4;

    /** The deviation of what lies anywhere within one of 256 levels: pictures that are all alike spread by 0. */
    private static final double ROUNDING = 1 / (255 * Math.sqrt(12));

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

    /**
     * The head that turns these numbers into a distribution.
     *
     * @param field of the data, whose examples a shared scale begins with
     * @param initial gives first values
     */
    public abstract Head<? extends Distribution> head(String field, Initializer initial);

    /**
     * log (E|x − E x|^p)^(1/p), how far the pixels of a field's examples are from their means over examples, or those of a single
     * example from their mean; 0 where there are none. An optimizer moves a parameter by about a learning rate in a step: from a scale of 1 the way to that of faint
     * pictures is thousands of steps, in which the latents fall silent.
     */
    private static double logSpread(String field, Initializer initial, UnaryOperator<Tensor> power, double p) {
        try (Scope scope = Scope.open("spread of examples")) {
            return initial.examples()
                    .apply(field)
                    .map(examples -> Math.log(Math.max(ROUNDING, Math.pow(spread(examples, power), 1 / p))))
                    .orElse(0.0);
        }
    }

    /** Example by example, as all of them may be much of what fits into memory. */
    private static double spread(Tensor examples, UnaryOperator<Tensor> power) {
        long count = examples.size(0);
        Tensor mean = count == 1 ? examples.mean() : examples.mean(0);
        double sum = 0;
        for (long i = 0; i < count; i++) {
            try (Scope scope = Scope.open("example")) {
                sum += power.apply(examples.narrow(0, i, 1).squeeze(0).minus(mean))
                        .mean()
                        .item();
            }
        }
        return sum / count;
    }

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
