package dev.elbo.posterior;

import dev.elbo.distribution.Head;
import dev.elbo.distribution.Support;
import dev.elbo.distribution.WrappedNormal;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Tensor;

/** [..., 2 D] as a vector at the centre of the Poincaré ball, which leads to μ, and log-variances. Mathieu et al. (2019), section 3.3. */
public record WrappedNormalHead() implements Head<WrappedNormal> {
    @Override
    public WrappedNormal of(Tensor output) {
        return new WrappedNormal(WrappedNormal.ofTangent(output.half(0)), output.half(1));
    }

    /** As an option: {@code poincare}. */
    public record Kind() implements PosteriorKind.WithDensity {
        @Override
        public Support support() {
            return Support.BALL;
        }

        @Override
        public int parameters(int dims) {
            return 2 * dims;
        }

        @Override
        public WrappedNormalHead head(int dims, Initializer initial) {
            return new WrappedNormalHead();
        }

        @Override
        public String toString() {
            return "poincare";
        }
    }
}
