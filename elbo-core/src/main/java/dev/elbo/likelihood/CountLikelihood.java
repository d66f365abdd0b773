package dev.elbo.likelihood;

import dev.elbo.data.Pixels;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Head;
import dev.elbo.distribution.NegativeBinomial;
import dev.elbo.distribution.Poisson;
import dev.elbo.distribution.ZeroInflated;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Locale;

/**
 * The families for rows of counts, whole numbers from 0. A network gives the logarithm of each column's mean, which begins at
 * that of the data; the dispersion of a column is learned, and is the same for all rows. Lopez et al. (2018), Deep generative
 * modeling for single-cell transcriptomics, methods.
 */
enum CountLikelihood implements Likelihood {
    /** Variance equal to the mean. */
    POISSON(1) {
        @Override
        Head<? extends Distribution> head(Tensor logMean, Initializer initial) {
            return new Rates(logMean);
        }
    },
    /** Variance μ + μ² / r. */
    NEGATIVE_BINOMIAL(1) {
        @Override
        Head<? extends Distribution> head(Tensor logMean, Initializer initial) {
            return new Dispersed(logMean, initial.constant(0, logMean.size(0)));
        }
    },
    /** The same, but 0 more often. */
    ZERO_INFLATED_NEGATIVE_BINOMIAL(2) {
        @Override
        Head<? extends Distribution> head(Tensor logMean, Initializer initial) {
            return new Inflated(logMean, initial.constant(0, logMean.size(0)));
        }
    };

    /** What a network adds to the logarithm of a mean is within these: exp of more is no number. */
    private static final double LARGEST = 30;

    /** Of a mean at first, for columns that are 0 throughout. */
    private static final double LEAST_MEAN = 1e-3;

    /** Zeros by themselves are rare at first: the logit of their probability of 5 %. */
    private static final double RARE = -3;

    private final int parameters;

    CountLikelihood(int parameters) {
        this.parameters = parameters;
    }

    @Override
    public Shape parameters(Shape example) {
        requireRow(example);
        return parameters == 1 ? example : example.prepend(parameters);
    }

    @Override
    public Head<? extends Distribution> head(String field, Shape example, Initializer initial) {
        requireRow(example);
        return head(usual(field, example.elements(), initial), initial);
    }

    /** The logarithms of the columns' means over examples, [D]; 0 where there are none. */
    private static Tensor usual(String field, long columns, Initializer initial) {
        try (Scope scope = Scope.open("means of examples")) {
            Tensor logMean = initial.examples()
                    .apply(field)
                    .map(rows -> rows.mean(0).clamp(LEAST_MEAN, Float.MAX_VALUE).log())
                    .orElseGet(() -> initial.buffer(0, columns));
            return scope.keep(logMean).requireGradient();
        }
    }

    /** The head with first values. */
    abstract Head<? extends Distribution> head(Tensor logMean, Initializer initial);

    private void requireRow(Shape example) {
        if (example.rank() != 1) {
            throw new IllegalArgumentException("likelihood=" + this
                    + " is of rows of counts, and these data are images; set likelihood=categorical(256)");
        }
    }

    @Override
    public List<Pixels> treatments() {
        return List.of();
    }

    @Override
    public boolean isOfCounts() {
        return true;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Tensor around(Tensor usual, Tensor output) {
        return output.clamp(-LARGEST, LARGEST).plus(usual);
    }

    private record Rates(Tensor logMean) implements Head<Poisson> {
        @Override
        public Poisson of(Tensor output) {
            return new Poisson(around(logMean, output), 1);
        }
    }

    private record Dispersed(Tensor logMean, Tensor logTotal) implements Head<NegativeBinomial> {
        @Override
        public NegativeBinomial of(Tensor output) {
            return new NegativeBinomial(around(logMean, output), logTotal, 1);
        }
    }

    private record Inflated(Tensor logMean, Tensor logTotal) implements Head<ZeroInflated> {
        @Override
        public ZeroInflated of(Tensor output) {
            return new ZeroInflated(
                    output.get(-2, 1).plus(RARE),
                    new NegativeBinomial(around(logMean, output.get(-2, 0)), logTotal, 1));
        }
    }
}
