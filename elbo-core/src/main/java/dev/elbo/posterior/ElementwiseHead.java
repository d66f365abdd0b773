package dev.elbo.posterior;

import dev.elbo.distribution.Beta;
import dev.elbo.distribution.Gamma;
import dev.elbo.distribution.Head;
import dev.elbo.distribution.Kumaraswamy;
import dev.elbo.distribution.Laplace;
import dev.elbo.distribution.Logistic;
import dev.elbo.distribution.Pathwise;
import dev.elbo.distribution.Support;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Tensor;
import java.util.Locale;
import java.util.function.Function;

/**
 * [..., 2 D] as the two parameters of each of D independent dimensions.
 *
 * @param kind which family they are of
 */
public record ElementwiseHead(Kind kind) implements Head<Pathwise> {
    @Override
    public Pathwise of(Tensor output) {
        return kind.family.apply(output);
    }

    /** As an option, by name. */
    public enum Kind implements PosteriorKind.WithDensity {
        /** Location and logarithm of the scale. */
        LAPLACE(Support.REAL, output -> new Laplace(output.half(0), output.half(1), 1)),
        /** Location and logarithm of the scale. */
        LOGISTIC(Support.REAL, output -> new Logistic(output.half(0), output.half(1), 1)),
        /** a and b. */
        KUMARASWAMY(
                Support.UNIT_INTERVAL,
                output -> new Kumaraswamy(Positive.of(output.half(0)), Positive.of(output.half(1)), 1)),
        /** α and β. */
        BETA(Support.UNIT_INTERVAL, output -> new Beta(Positive.of(output.half(0)), Positive.of(output.half(1)), 1)),
        /** Concentration and rate. */
        GAMMA(Support.POSITIVE, output -> new Gamma(Positive.of(output.half(0)), Positive.of(output.half(1)), 1));

        private final Support support;
        private final Function<Tensor, Pathwise> family;

        Kind(Support support, Function<Tensor, Pathwise> family) {
            this.support = support;
            this.family = family;
        }

        @Override
        public Support support() {
            return support;
        }

        @Override
        public int parameters(int dims) {
            return 2 * dims;
        }

        @Override
        public ElementwiseHead head(int dims, Initializer initial) {
            return new ElementwiseHead(this);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
