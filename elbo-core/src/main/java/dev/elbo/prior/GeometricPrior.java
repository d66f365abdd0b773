package dev.elbo.prior;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Support;
import dev.elbo.distribution.UniformSphere;
import dev.elbo.distribution.WrappedNormal;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Tensor;
import java.util.Locale;

/**
 * A fixed prior over a curved space, whatever the condition.
 *
 * @param dims D, of z
 * @param device where its parameters are made
 * @param kind which space
 */
public record GeometricPrior(int dims, Device device, Kind kind) implements Conditional<Distribution> {
    @Override
    public Distribution given(Pass pass, Tensor... parents) {
        return kind.of(dims, device);
    }

    /** As an option, by name. */
    public enum Kind implements PriorKind {
        /** The uniform distribution on the sphere. Davidson et al. (2018), section 3. */
        SPHERE(Support.SPHERE) {
            @Override
            Distribution of(int dims, Device device) {
                return new UniformSphere(dims, device);
            }
        },
        /** The wrapped normal of scale 1 at the centre of the Poincaré ball. Mathieu et al. (2019), section 3.2. */
        POINCARE(Support.BALL) {
            @Override
            Distribution of(int dims, Device device) {
                return new WrappedNormal(Tensor.zeros(device, dims), Tensor.zeros(device, dims));
            }
        };

        private final Support support;

        Kind(Support support) {
            this.support = support;
        }

        abstract Distribution of(int dims, Device device);

        @Override
        public Support support() {
            return support;
        }

        @Override
        public GeometricPrior prior(Beside model, Initializer initial) {
            return new GeometricPrior(model.latents(), initial.device(), this);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
