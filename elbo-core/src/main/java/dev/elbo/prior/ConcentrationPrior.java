package dev.elbo.prior;

import dev.elbo.distribution.Beta;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Dirichlet;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Gamma;
import dev.elbo.distribution.Support;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.option.Form;
import dev.elbo.option.Options;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Tensor;
import java.util.Locale;

/**
 * A fixed prior with one concentration for all dimensions, whatever the condition.
 *
 * @param dims D, of z
 * @param device where its parameters are made
 * @param kind family and concentration
 */
public record ConcentrationPrior(int dims, Device device, Kind kind) implements Conditional<Distribution> {
    @Override
    public Distribution given(Pass pass, Tensor... parents) {
        return kind.family.of(Tensor.zeros(device, dims).fill(kind.concentration));
    }

    /** Which family. */
    public enum Family {
        /** Gamma(α, 1). */
        GAMMA(Support.POSITIVE),
        /** Beta(α, α); Beta(1, 1) is the uniform distribution. */
        BETA(Support.UNIT_INTERVAL),
        /** Dirichlet(α, …, α); with α = 1 all shares are alike, below it few are large. */
        DIRICHLET(Support.SIMPLEX);

        private final Support support;

        Family(Support support) {
            this.support = support;
        }

        private Distribution of(Tensor alpha) {
            return switch (this) {
                case GAMMA -> new Gamma(alpha, alpha.zerosLike().plus(1), 1);
                case BETA -> new Beta(alpha, alpha, 1);
                case DIRICHLET -> new Dirichlet(alpha);
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The option of a family, with this concentration if none is said. */
    static Form<PriorKind> form(Family family, double concentration) {
        return Form.real(new Kind(family, concentration), number -> new Kind(family, number));
    }

    /**
     * As an option: {@code dirichlet(0.5)}.
     *
     * @param concentration α
     */
    public record Kind(Family family, double concentration) implements PriorKind {
        /** Validates α. */
        public Kind {
            if (!(concentration > 0 && concentration < Float.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "a concentration is positive; got " + family + "(" + concentration + ")");
            }
        }

        @Override
        public Support support() {
            return family.support;
        }

        @Override
        public ConcentrationPrior prior(Beside model, Initializer initial) {
            return new ConcentrationPrior(model.latents(), initial.device(), this);
        }

        @Override
        public String toString() {
            return family + "(" + Options.number(concentration) + ")";
        }
    }
}
