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
import java.util.function.BiFunction;

/**
 * [..., 2 D] as the two parameters of each of D independent dimensions.
 *
 * @param kind which family they are of
 */
public record ElementwiseHead(Kind kind) implements Head<Pathwise> {
    @Override
    public Pathwise of(Tensor output) {
        return kind.family.apply(output.half(0), output.half(1));
    }

    /** As an option, by name. */
    public enum Kind implements PosteriorKind.WithDensity {
        /** Location and logarithm of the scale. */
        LAPLACE(Support.REAL, (loc, logScale) -> new Laplace(loc, logScale, 1)),
        /** Location and logarithm of the scale. */
        LOGISTIC(Support.REAL, (loc, logScale) -> new Logistic(loc, logScale, 1)),
        /** a and b. */
        KUMARASWAMY(Support.UNIT_INTERVAL, (a, b) -> new Kumaraswamy(Positive.of(a), Positive.of(b), 1)),
        /** α and β. */
        BETA(Support.UNIT_INTERVAL, (alpha, beta) -> new Beta(Positive.of(alpha), Positive.of(beta), 1)),
        /** Concentration and rate. */
        GAMMA(Support.POSITIVE, (alpha, rate) -> new Gamma(Positive.of(alpha), Positive.of(rate), 1));

        private final Support support;
        private final BinaryFamily family;

        Kind(Support support, BinaryFamily family) {
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

    /** From what an encoder says of each dimension to its distribution. */
    private interface BinaryFamily extends BiFunction<Tensor, Tensor, Pathwise> {}
}
