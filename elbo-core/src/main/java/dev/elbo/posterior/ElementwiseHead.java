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

/**
 * [..., 2 D] as the two parameters of each of D independent dimensions.
 *
 * @param kind which family they are of
 */
public record ElementwiseHead(Kind kind) implements Head<Pathwise> {
    @Override
    public Pathwise of(Tensor output) {
        return kind.of(output.half(0), output.half(1));
    }

    /** As an option, by name. */
    public enum Kind implements PosteriorKind.WithDensity {
        /** Location and logarithm of the scale. */
        LAPLACE(Support.REAL),
        /** Location and logarithm of the scale. */
        LOGISTIC(Support.REAL),
        /** a and b. */
        KUMARASWAMY(Support.UNIT_INTERVAL),
        /** α and β. */
        BETA(Support.UNIT_INTERVAL),
        /** Concentration and rate. */
        GAMMA(Support.POSITIVE);

        private final Support support;

        Kind(Support support) {
            this.support = support;
        }

        private Pathwise of(Tensor first, Tensor second) {
            return switch (this) {
                case LAPLACE -> new Laplace(first, second, 1);
                case LOGISTIC -> new Logistic(first, second, 1);
                case KUMARASWAMY -> new Kumaraswamy(Positive.of(first), Positive.of(second), 1);
                case BETA -> new Beta(Positive.of(first), Positive.of(second), 1);
                case GAMMA -> new Gamma(Positive.of(first), Positive.of(second), 1);
            };
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
