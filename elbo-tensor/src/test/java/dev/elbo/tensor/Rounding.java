package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How far apart two computations of one quantity may lie that round differently, as the kernels of two processors do: they
 * add in different orders, and multiply and add with one rounding or with two. A tolerance is a multiple of ε, the distance
 * from 1 to the next number of the type.
 */
public final class Rounding {
    /**
     * The tolerance of sums, in ε √n Σ|t|. An addition rounds by at most ε/2 of what the sum has come to. For terms of one
     * sign, added one after another, this gives a standard deviation of ε/2 √n/3 Σ|t|, and √2 times that for the difference
     * of two computations: 2 are 8 standard deviations, so that a million sums may be compared. Terms of both signs, and
     * sums in blocks, round by less.
     */
    private static final double SUMS = 2;

    /**
     * The tolerance of formulas, in ε: exp, log and the like are exact to a few ε on any processor, and a formula has some
     * of them, or takes a mean or a deviation of some numbers.
     */
    private static final double FORMULA = 16;

    private Rounding() {}

    /**
     * The tolerance for two sums of the same terms.
     *
     * @param terms how many, n
     * @param magnitude Σ|t|, or the sum itself if its terms are of one sign
     */
    public static double ofSum(DType dtype, long terms, double magnitude) {
        return SUMS * epsilon(dtype) * Math.sqrt((double) terms) * Math.abs(magnitude);
    }

    /**
     * The tolerance for two computations of a formula of a few operations.
     *
     * @param magnitude the largest number on the way
     */
    public static double ofFormula(DType dtype, double magnitude) {
        return FORMULA * epsilon(dtype) * Math.abs(magnitude);
    }

    /** The tolerances of tensors whose elements are sums of products of the inputs. */
    public static List<Tensor> ofSums(Function<Tensor[], List<Tensor>> sums, Tensor... inputs) {
        return ofSumsAfter(0, sums, inputs);
    }

    /**
     * The tolerances of tensors whose elements are sums of products of the inputs, and of slopes, up to 1, of what was a
     * sum itself. It asks for them twice more: for inputs of ones, which gives the number of terms, and for the inputs'
     * absolute values, which gives Σ|t|. Slopes are left out there, as 1 is the most that they are.
     *
     * @param before terms of the sums that the slopes are of, which are about 1 in size
     * @param sums of the inputs, which require gradients, if these are what is summed
     */
    public static List<Tensor> ofSumsAfter(long before, Function<Tensor[], List<Tensor>> sums, Tensor... inputs) {
        List<Tensor> terms = sums.apply(leaves(input -> input.zerosLike().fill(1), inputs));
        List<Tensor> magnitudes = sums.apply(leaves(Tensor::abs, inputs));
        return IntStream.range(0, terms.size())
                .mapToObj(i -> {
                    Tensor magnitude = magnitudes.get(i).detach();
                    Tensor roots = terms.get(i).detach().plus((double) before).sqrt();
                    return roots.times(magnitude).times(SUMS * epsilon(magnitude.dtype()));
                })
                .toList();
    }

    private static Tensor[] leaves(Function<Tensor, Tensor> values, Tensor... inputs) {
        return Arrays.stream(inputs)
                .map(input -> values.apply(input.detach()).requireGradient())
                .toArray(Tensor[]::new);
    }

    /** Asserts that tensors are equal but for a tolerance for each element. */
    public static void assertClose(Tensor actual, Tensor expected, Tensor tolerances) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(actual.dtype()).isEqualTo(expected.dtype());
        Tensor distances = actual.detach().minus(expected.detach()).abs();
        assertThat(distances.minus(tolerances).max().item())
                .as(
                        "the most by which a distance exceeds its tolerance; distances are up to %s, tolerances from %s to %s",
                        distances.max().item(),
                        tolerances.min().item(),
                        tolerances.max().item())
                .isLessThanOrEqualTo(0);
    }

    /** ε. */
    private static double epsilon(DType dtype) {
        return switch (dtype) {
            case FLOAT64 -> Math.ulp(1.0);
            case FLOAT32 -> Math.ulp(1.0f);
            default -> throw new IllegalArgumentException("FLOAT32 or FLOAT64 was expected; got " + dtype);
        };
    }
}
