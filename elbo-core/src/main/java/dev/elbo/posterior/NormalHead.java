package dev.elbo.posterior;

import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Head;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Tensor;

/** [..., 2 D] as the means and log-variances of a diagonal normal over D dimensions. */
public record NormalHead() implements Head<DiagonalNormal> {

    /**
     * The normal.
     *
     * @throws IllegalArgumentException if the last dimension does not divide into two
     */
    @Override
    public DiagonalNormal of(Tensor output) {
        if (output.size(-1) % 2 != 0) {
            throw new IllegalArgumentException(
                    "means and log-variances are as many; got " + output + ", whose last size is odd");
        }
        return new DiagonalNormal(output.half(0), output.half(1), 1);
    }

    /** As an option: {@code normal}. */
    public record Kind() implements PosteriorKind.WithDensity {
        @Override
        public int parameters(int dims) {
            return 2 * dims;
        }

        @Override
        public NormalHead head(int dims, Initializer initial) {
            return new NormalHead();
        }

        @Override
        public String toString() {
            return "normal";
        }
    }
}
