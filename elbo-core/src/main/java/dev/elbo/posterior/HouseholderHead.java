package dev.elbo.posterior;

import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Head;
import dev.elbo.distribution.HouseholderNormal;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Tensor;

/**
 * [..., (2 + H) D] as means and log-variances of a normal, and the vectors of the reflections that turn it. In Tomczak and Welling
 * (2016), eq. 8, a vector is a linear map of the one before; here all are outputs of the encoder.
 *
 * @param dims D
 */
public record HouseholderHead(int dims) implements Head<HouseholderNormal> {
    @Override
    public HouseholderNormal of(Tensor output) {
        Tensor vectors = output.narrow(-1, 2L * dims, output.size(-1) - 2L * dims);
        return new HouseholderNormal(
                new DiagonalNormal(output.narrow(-1, 0, dims), output.narrow(-1, dims, dims), 1),
                vectors.reshape(output.shape().dropLast(1).append(vectors.size(-1) / dims, dims)));
    }

    /**
     * As an option: {@code householder(4)}.
     *
     * @param reflections H
     */
    public record Kind(int reflections) implements PosteriorKind.WithDensity {
        /** Validates H. */
        public Kind {
            if (reflections < 1) {
                throw new IllegalArgumentException("a turn has one reflection or more; got householder(" + reflections
                        + "); without one it is posterior=normal");
            }
        }

        @Override
        public int parameters(int dims) {
            return (2 + reflections) * dims;
        }

        @Override
        public HouseholderHead head(int dims, Initializer initial) {
            return new HouseholderHead(dims);
        }

        @Override
        public String toString() {
            return "householder(" + reflections + ")";
        }
    }
}
