package dev.elbo.posterior;

import dev.elbo.distribution.Head;
import dev.elbo.distribution.LowRankNormal;
import dev.elbo.nn.Initializer;
import dev.elbo.tensor.Tensor;

/**
 * [..., (2 + R) D] as means of a normal, logarithms of what each dimension varies by itself, and R vectors along which all vary
 * together.
 *
 * @param dims D
 */
public record LowRankNormalHead(int dims) implements Head<LowRankNormal> {
    @Override
    public LowRankNormal of(Tensor output) {
        Tensor loc = output.narrow(-1, 0, dims);
        Tensor factors = output.narrow(-1, 2L * dims, output.size(-1) - 2L * dims);
        long rank = factors.size(-1) / dims;
        return new LowRankNormal(
                loc,
                output.narrow(-1, dims, dims),
                factors.reshape(loc.shape().dropLast(1).append(rank, dims)));
    }

    /**
     * As an option: {@code low-rank(3)}.
     *
     * @param rank R
     */
    public record Kind(int rank) implements PosteriorKind.WithDensity {
        /** Validates R. */
        public Kind {
            if (rank < 1) {
                throw new IllegalArgumentException("a low-rank covariance has rank 1 or more; got low-rank(" + rank
                        + "); of rank 0 it is posterior=normal");
            }
        }

        @Override
        public int parameters(int dims) {
            return (2 + rank) * dims;
        }

        @Override
        public LowRankNormalHead head(int dims, Initializer initial) {
            return new LowRankNormalHead(dims);
        }

        @Override
        public String toString() {
            return "low-rank(" + rank + ")";
        }
    }
}
