package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every quantiser promises, and what residual codebooks and finite scalars are. */
@ExtendWith(InAScope.class)
class QuantisersTest {
    private static final Pass USE = Pass.deterministic();

    static List<Quantiser> quantisers() {
        // records of no tensors, made where they are used
        return List.of(
                new FiniteScalars(List.of(5, 4, 3)), new FiniteScalars(List.of(2)), new FiniteScalars(List.of(8, 8)));
    }

    private static Quantiser residual(int depth) {
        Initializer initial = new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);
        return new ResidualCodebooks(LongStream.range(0, depth)
                .mapToObj(i -> Codebook.of(6, 3, 0.9, 0.05, initial))
                .toList());
    }

    private static void requireContract(Quantiser quantiser) {
        Tensor x = Rng.seeded(2, Device.CPU)
                .normal(Shape.of(4, 5, quantiser.dims()))
                .times(2)
                .requireGradient();
        Quantiser.Quantisation quantised = quantiser.quantise(x, USE);
        Shape codes = quantiser.depth() == 1 ? Shape.of(4, 5) : Shape.of(4, 5, quantiser.depth());
        assertThat(quantised.codes().shape()).isEqualTo(codes);
        assertThat(quantised.distance().shape()).isEqualTo(Shape.of(4, 5));
        assertThat(LongStream.of(quantised.codes().toHost().toLongs()))
                .allMatch(code -> code >= 0 && code < quantiser.codes());
        // sums of three numbers about 1
        assertThat(quantised.vectors().toHost().toDoubles())
                .containsExactly(quantiser.vectors(quantised.codes()).toHost().toDoubles(), within(1e-6));
        quantised.vectors().sum().backward();
        assertThat(x.gradient().norm().item()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("quantisers")
    void finiteScalarsKeepTheContract(Quantiser quantiser) {
        requireContract(quantiser);
    }

    @Test
    void residualCodebooksKeepTheContract() {
        requireContract(residual(2));
        requireContract(residual(3));
    }

    /** All numbers of the system, one by one: 0 … Π L − 1 become levels, and these the same number again. */
    @ParameterizedTest
    @MethodSource("quantisers")
    void everyCodeIsItsLevelsAndBack(Quantiser quantiser) {
        long[] all = LongStream.range(0, quantiser.codes()).toArray();
        Tensor vectors = quantiser.vectors(Tensor.of(all, all.length));
        FiniteScalars scalars = (FiniteScalars) quantiser;
        assertThat(vectors.abs().max().item()).isEqualTo(1);
        long distinct = LongStream.of(all)
                .mapToObj(i -> List.of(toList(vectors.get(0, i))))
                .distinct()
                .count();
        assertThat(distinct).isEqualTo(scalars.codes());
        Tensor inverse = scalars.quantise(inverse(scalars, vectors), USE).codes();
        assertThat(inverse.toHost().toLongs()).containsExactly(all);
    }

    private static String toList(Tensor vector) {
        return java.util.Arrays.toString(vector.toFloats());
    }

    /** What is put out as these levels: of a level ℓ, atanh((ℓ + offset) / reach) − shift, which is a tangent. */
    private static Tensor inverse(FiniteScalars scalars, Tensor vectors) {
        double[] values = vectors.toHost().toDoubles();
        int dims = (int) scalars.dims();
        float[] x = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            int levels = scalars.levels().get(i % dims);
            double reach = (levels - 1) * 1.001 / 2;
            double offset = levels % 2 == 0 ? 0.5 : 0;
            int half = levels / 2;
            double level = values[i] * half;
            x[i] = (float) (atanh((level + offset) / reach) - Math.tan(offset / reach));
        }
        return Tensor.of(x, x.length / dims, dims);
    }

    private static double atanh(double value) {
        return 0.5 * Math.log((1 + value) / (1 - value));
    }

    /** 0 is a level, whatever their number. */
    @Test
    void nothingBecomesNothing() {
        Tensor zero = Tensor.zeros(Device.CPU, 1, 3);
        assertThat(new FiniteScalars(List.of(5, 4, 2))
                        .quantise(zero, USE)
                        .vectors()
                        .toFloats())
                .containsExactly(0, 0, 0);
    }

    /** With a shift of 3.8 nearly all became one code, and moved no more. */
    @Test
    void bothOfTwoLevelsAreWithinReach() {
        Tensor zero = Tensor.zeros(Device.CPU, 1, 1).requireGradient();
        FiniteScalars two = new FiniteScalars(List.of(2));
        two.quantise(zero, USE).vectors().sum().backward();
        assertThat(zero.gradient().item()).isGreaterThan(0.05);
        Tensor x = Rng.seeded(2, Device.CPU).normal(Shape.of(500, 1));
        long least = LongStream.of(two.quantise(x, USE).codes().toHost().toLongs())
                .filter(code -> code == 0)
                .count();
        assertThat(least).isBetween(10L, 490L);
    }

    @Test
    void anotherCodebookLeavesLessOver() {
        Tensor x = Rng.seeded(2, Device.CPU).normal(Shape.of(200, 3));
        double before = Double.POSITIVE_INFINITY;
        for (int depth = 2; depth <= 4; depth++) {
            Quantiser quantiser = residual(depth);
            for (int i = 0; i < 40; i++) {
                quantiser.quantise(x, Pass.training(Rng.seeded(i, Device.CPU)));
            }
            double left = quantiser.quantise(x, USE).distance().mean().item();
            assertThat(left).isLessThan(0.8 * before);
            before = left;
        }
    }

    @Test
    void theDistanceOfResidualCodebooksPullsAtXAlone() {
        Tensor x = Rng.seeded(2, Device.CPU).normal(Shape.of(7, 3)).requireGradient();
        Quantiser.Quantisation quantised = residual(2).quantise(x, USE);
        quantised.distance().sum().backward();
        double[] expected =
                x.detach().minus(quantised.vectors().detach()).times(2).toHost().toDoubles();
        assertThat(x.gradient().toHost().toDoubles())
                .containsExactly(expected, within(1e-5)); // differences of numbers about 1
    }

    @Test
    void oneLevelIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FiniteScalars(List.of(5, 1)))
                .withMessage("each dimension has two levels or more; got levels [5, 1]");
    }
}
