package dev.elbo.prior;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Factorised;
import dev.elbo.distribution.Laplace;
import dev.elbo.distribution.Logistic;
import dev.elbo.distribution.Support;
import dev.elbo.distribution.Uniform;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Tensor;
import java.util.Locale;

/**
 * p(z) = Πᵢ p(zᵢ) with one fixed density for every dimension, whatever the condition.
 *
 * @param dims D, of z
 * @param device where its parameters are made
 * @param kind which density
 */
public record ElementwisePrior(int dims, Device device, Kind kind) implements Conditional<Factorised> {
    @Override
    public Factorised given(Pass pass, Tensor... parents) {
        return kind.of(Tensor.zeros(device, dims));
    }

    /** As an option, by name. */
    public enum Kind implements PriorKind {
        /** Of location 0 and scale 1. */
        LAPLACE(Support.REAL),
        /** Of location 0 and scale 1. */
        LOGISTIC(Support.REAL),
        /** Between 0 and 1. */
        UNIFORM(Support.UNIT_INTERVAL);

        private final Support support;

        Kind(Support support) {
            this.support = support;
        }

        private Factorised of(Tensor zeros) {
            return switch (this) {
                case LAPLACE -> new Laplace(zeros, zeros, 1);
                case LOGISTIC -> new Logistic(zeros, zeros, 1);
                case UNIFORM -> new Uniform(zeros, zeros.plus(1), 1);
            };
        }

        @Override
        public Support support() {
            return support;
        }

        @Override
        public ElementwisePrior prior(Beside model, Initializer initial) {
            return new ElementwisePrior(model.latents(), initial.device(), this);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
