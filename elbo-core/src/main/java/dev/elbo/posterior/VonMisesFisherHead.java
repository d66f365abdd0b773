package dev.elbo.posterior;

import dev.elbo.distribution.Head;
import dev.elbo.distribution.Support;
import dev.elbo.distribution.VonMisesFisher;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Tensor;

/**
 * [..., D + 1] as a direction, of any length, and what the concentration is made of: softplus(·) + 1, as Davidson et al. (2018) have
 * it.
 *
 * @param dims D
 */
public record VonMisesFisherHead(int dims) implements Head<VonMisesFisher> {
    private static final double TINY = 1e-12;

    @Override
    public VonMisesFisher of(Tensor output) {
        Tensor direction = output.narrow(-1, 0, dims);
        Tensor length = direction.square().sum(-1).unsqueeze(-1).plus(TINY).sqrt();
        return new VonMisesFisher(
                direction.over(length), output.narrow(-1, dims, 1).softplus().plus(1));
    }

    /** As an option: {@code vmf}. */
    public record Kind() implements PosteriorKind.WithDensity {
        @Override
        public Support support() {
            return Support.SPHERE;
        }

        @Override
        public void requireDimensions(int dims) {
            if (dims < 2) {
                throw new IllegalArgumentException("a sphere of one dimension is two points, and posterior=vmf has no"
                        + " gradient there; got latents " + dims + ". Set latents to 2 or more");
            }
        }

        @Override
        public int parameters(int dims) {
            return dims + 1;
        }

        @Override
        public VonMisesFisherHead head(int dims, Initializer initial) {
            return new VonMisesFisherHead(dims);
        }

        @Override
        public String toString() {
            return "vmf";
        }
    }
}
