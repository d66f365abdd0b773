package dev.elbo.objective;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;
import java.util.stream.DoubleStream;

/**
 * How alike two codes are, as a positive definite kernel of their squared distance, summed over scales s from a tenth to ten times the
 * expected squared distance of two draws of N(0, I), c = 2 D s. Tolstikhin et al. (2018), section 4.
 */
public enum Kernel {
    /** The inverse multiquadratic, c / (c + ‖a − b‖²), whose tails are heavy: it still draws codes that are far away. */
    IMQ {
        @Override
        Tensor of(Tensor squaredDistances, double c) {
            return squaredDistances.plus(c).reciprocal().times(c);
        }
    },
    /** The Gaussian, exp(−‖a − b‖² / c). */
    RBF {
        @Override
        Tensor of(Tensor squaredDistances, double c) {
            return squaredDistances.times(-1 / c).exp();
        }
    };

    private static final double[] SCALES = {0.1, 0.2, 0.5, 1, 2, 5, 10};

    /** At one scale. */
    abstract Tensor of(Tensor squaredDistances, double c);

    /** Of all pairs, [N, D] and [M, D] → [N, M]. */
    private Tensor between(Tensor a, Tensor b) {
        Tensor cross = a.matmul(b.transpose(0, 1));
        Tensor squares = a.square().sum(-1).unsqueeze(1).plus(b.square().sum(-1));
        Tensor distances = squares.minus(cross.times(2)).clamp(0, Float.MAX_VALUE); // by rounding it may be less
        double expected = 2.0 * a.size(1);
        return DoubleStream.of(SCALES)
                .mapToObj(scale -> of(distances, expected * scale))
                .reduce(Tensor::plus)
                .orElseThrow();
    }

    /**
     * The maximum mean discrepancy of two sets of codes, estimated without bias: the mean of k(a, a′) and of k(b, b′) over pairs of
     * different codes, less twice that of k(a, b). Gretton et al. (2012), eq. 3. It is 0 in expectation if both are of one
     * distribution, and may be negative.
     *
     * @param a [N, D]
     * @param b [M, D]
     * @return of rank 0
     * @throws IllegalArgumentException if there is a single code in one of them
     */
    Tensor discrepancy(Tensor a, Tensor b) {
        if (a.size(0) < 2 || b.size(0) < 2) {
            throw new IllegalArgumentException(
                    "the discrepancy compares the codes of a batch's examples, and this one has a"
                            + " single example; set batch to 2 or more");
        }
        Tensor x = a.to(DType.FLOAT64); // a difference of sums, of distances that are differences of squares
        Tensor y = b.to(DType.FLOAT64);
        return within(x).plus(within(y)).minus(between(x, y).mean().times(2)).to(DType.FLOAT32);
    }

    /** The mean of k over pairs of different codes. */
    private Tensor within(Tensor a) {
        long count = a.size(0);
        Tensor same = Tensor.arange(count, a.device()).oneHot(count);
        return between(a, a).maskedFill(same.greaterThan(0), 0).sum().over((double) count * (count - 1));
    }
}
