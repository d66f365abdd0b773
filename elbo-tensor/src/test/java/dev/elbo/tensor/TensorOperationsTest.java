package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations against plain loops in Java, in FLOAT64. */
@Tag("numeric")
@ExtendWith(InAScope.class)
class TensorOperationsTest {
    private static final double[] VALUES = {-30, -2.5, -1, -0.3, 0, 1e-3, 0.5, 0.9, 1, 1.5, 3, 30};
    private static final double[] POSITIVE = {1e-10, 1e-3, 0.3, 0.5, 1, 1.5, 2, 3, 7, 20, 30, 1e10};

    /**
     * An operation on each element.
     *
     * @param expected in plain Java
     * @param error of that or of libtorch's formula, beside rounding
     */
    private record Unary(
            String name,
            UnaryOperator<Tensor> operation,
            DoubleUnaryOperator expected,
            boolean ofPositive,
            double error) {
        double[] x() {
            return ofPositive ? POSITIVE : VALUES;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Unary of(String name, UnaryOperator<Tensor> operation, DoubleUnaryOperator expected) {
        return new Unary(name, operation, expected, false, 0);
    }

    private static Unary ofPositive(String name, UnaryOperator<Tensor> operation, DoubleUnaryOperator expected) {
        return new Unary(name, operation, expected, true, 0);
    }

    static Stream<Unary> unary() {
        return Stream.of(
                of("plus", a -> a.plus(2.5), a -> a + 2.5),
                of("minus", a -> a.minus(2.5), a -> a - 2.5),
                of("times", a -> a.times(2.5), a -> a * 2.5),
                of("over", a -> a.over(2.5), a -> a / 2.5),
                of("clamp", a -> a.clamp(-1, 2), a -> Math.min(2, Math.max(-1, a))),
                of("negate", Tensor::negate, a -> -a),
                of("exp", Tensor::exp, Math::exp),
                of("expm1", Tensor::expm1, Math::expm1),
                ofPositive("log", Tensor::log, Math::log),
                ofPositive("log1p", Tensor::log1p, Math::log1p),
                of("square", Tensor::square, a -> a * a),
                ofPositive("sqrt", Tensor::sqrt, Math::sqrt),
                of("abs", Tensor::abs, Math::abs),
                of("round", Tensor::round, Math::rint),
                of("sign", Tensor::sign, Math::signum),
                of("tanh", Tensor::tanh, Math::tanh),
                of("sigmoid", Tensor::sigmoid, a -> 1 / (1 + Math.exp(-a))),
                of("logSigmoid", Tensor::logSigmoid, a -> -softplus(-a)),
                // libtorch's is the identity beyond 20, which is 2e-9 less
                new Unary("softplus", Tensor::softplus, TensorOperationsTest::softplus, false, 3e-9),
                of("relu", Tensor::relu, a -> Math.max(0, a)),
                of("leakyRelu", Tensor::leakyRelu, a -> a > 0 ? a : 0.01 * a),
                of("elu", Tensor::elu, a -> a > 0 ? a : Math.expm1(a)),
                of("silu", Tensor::silu, a -> a / (1 + Math.exp(-a))),
                // the reference is an approximation to 1.5e-7: Abramowitz and Stegun, 7.1.26
                new Unary("gelu", Tensor::gelu, a -> a * (1 + erf(a / Math.sqrt(2))) / 2, false, 1e-6));
    }

    private static double softplus(double a) {
        return Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)));
    }

    /** Abramowitz and Stegun (1964), 7.1.26. */
    private static double erf(double a) {
        double t = 1 / (1 + 0.3275911 * Math.abs(a));
        double polynomial =
                t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
        return Math.signum(a) * (1 - polynomial * Math.exp(-a * a));
    }

    /** The rounding of a result that was computed from numbers up to 1, or from some as large as itself. */
    private static double rounding(double expected) {
        return Rounding.ofFormula(DType.FLOAT64, Math.max(1, Math.abs(expected)));
    }

    private static Tensor doubles(double[] values, long... shape) {
        return Tensor.of(HostArray.of(values, shape), Device.CPU);
    }

    @ParameterizedTest
    @MethodSource("unary")
    void anOperationOnEachElementIsItsFormula(Unary unary) {
        Tensor result = unary.operation().apply(doubles(unary.x(), 3, 4));
        assertThat(result.shape()).isEqualTo(Shape.of(3, 4));
        double[] got = result.toHost().toDoubles();
        for (int i = 0; i < got.length; i++) {
            double expected = unary.expected().applyAsDouble(unary.x()[i]);
            assertThat(got[i]).as("of " + unary.x()[i]).isCloseTo(expected, within(unary.error() + rounding(expected)));
        }
    }

    @Test
    void theInverseOfTheErrorFunctionHasItsKnownValues() {
        Tensor inverse = doubles(new double[] {-0.5, 0, 0.5, 0.99}, 4).erfInverse();
        assertThat(inverse.toHost().toDoubles())
                .containsExactly(
                        new double[] {-0.4769362762044699, 0, 0.4769362762044699, 1.8213863677184496},
                        within(rounding(2)));
    }

    private record Binary(String name, BinaryOperator<Tensor> operation, DoubleBinaryOperator expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Binary> binary() {
        return Stream.of(
                new Binary("plus", Tensor::plus, Double::sum),
                new Binary("minus", Tensor::minus, (a, b) -> a - b),
                new Binary("times", Tensor::times, (a, b) -> a * b),
                new Binary("over", Tensor::over, (a, b) -> a / b),
                new Binary("maximum", Tensor::maximum, Math::max),
                new Binary("minimum", Tensor::minimum, Math::min),
                new Binary("logAddExp", Tensor::logAddExp, (a, b) -> Math.max(a, b) + softplus(-Math.abs(a - b))),
                new Binary("lessThan", Tensor::lessThan, (a, b) -> a < b ? 1 : 0),
                new Binary("equalTo", Tensor::equalTo, (a, b) -> a == b ? 1 : 0),
                new Binary("lessThan a number", (a, b) -> a.plus(b.times(0)).lessThan(0.5), (a, b) -> a < 0.5 ? 1 : 0),
                new Binary(
                        "greaterThan a number",
                        (a, b) -> a.plus(b.times(0)).greaterThan(0.5),
                        (a, b) -> a > 0.5 ? 1 : 0),
                new Binary("plusProduct", (a, b) -> a.plusProduct(b, a), (a, b) -> a + b * a),
                new Binary("where", (a, b) -> a.lessThan(b).where(a, b), Math::min),
                new Binary("plusInPlace", (a, b) -> matrix(a).plusInPlace(b), Double::sum),
                new Binary("timesInPlace", (a, b) -> matrix(a).timesInPlace(b), (a, b) -> a * b),
                new Binary(
                        "plusProductInPlace",
                        (a, b) -> matrix(a).plusProductInPlace(a, b, -3),
                        (a, b) -> a - 3 * a * b),
                new Binary("lerpInPlace", (a, b) -> matrix(a).lerpInPlace(matrix(b), 0.25), (a, b) -> a + (b - a) / 4),
                new Binary(
                        "lerpInPlace by a tensor",
                        (a, b) -> matrix(a)
                                .lerpInPlace(
                                        matrix(b),
                                        Tensor.scalar(0.25, a.device()).to(a.dtype())),
                        (a, b) -> a + (b - a) / 4),
                new Binary("assign", (a, b) -> matrix(a).assign(b), (a, b) -> b));
    }

    /** A copy broadcast to the result's shape, which an operation in place does not change. */
    private static Tensor matrix(Tensor operand) {
        return operand.expand(Shape.of(2, 3, 4)).copy();
    }

    @ParameterizedTest
    @MethodSource("binary")
    void anOperationOnTwoTensorsBroadcastsThem(Binary binary) {
        double[] a = {-2, -0.5, 0, 0.25, 1, 700};
        double[] b = {-1, 0.25, 1, 300};
        Tensor result = binary.operation().apply(doubles(a, 2, 3, 1), doubles(b, 4));
        assertThat(result.shape()).isEqualTo(Shape.of(2, 3, 4));
        double[] got = result.toHost().toDoubles();
        for (int i = 0; i < got.length; i++) {
            double expected = binary.expected().applyAsDouble(a[i / 4], b[i % 4]);
            assertThat(got[i])
                    .as("of " + a[i / 4] + " and " + b[i % 4])
                    .isCloseTo(expected, within(rounding(expected)));
        }
    }

    // ---- reductions of [2, 3, 4] ----

    /** For sums of 24 numbers up to 7. */
    private static final double SUM = Rounding.ofSum(DType.FLOAT64, 24, 24 * 7);

    private final double[] values =
            DoubleStream.iterate(0.5, x -> (x * 7.3 + 1.1) % 5 - 2).limit(24).toArray();
    private final Tensor cube = doubles(values, 2, 3, 4);

    private double at(int i, int j, int k) {
        return values[(i * 3 + j) * 4 + k];
    }

    /** The three elements along the middle dimension. */
    private double[] along(int i, int k) {
        return new double[] {at(i, 0, k), at(i, 1, k), at(i, 2, k)};
    }

    static Stream<Reduction> reductions() {
        return Stream.of(
                new Reduction("sum", a -> a.sum(1), x -> DoubleStream.of(x).sum()),
                new Reduction("mean", a -> a.mean(-2), x -> DoubleStream.of(x).sum() / 3),
                new Reduction("variance", a -> a.variance(1), TensorOperationsTest::variance),
                new Reduction("logSumExp", a -> a.logSumExp(1), TensorOperationsTest::logSumExp),
                new Reduction("logSoftmax", a -> a.logSoftmax(1).get(1, 2), x -> x[2] - logSumExp(x)),
                new Reduction("softmax", a -> a.softmax(1).get(1, 0), x -> Math.exp(x[0] - logSumExp(x))),
                new Reduction("argmax", a -> a.argmax(1), TensorOperationsTest::argmax));
    }

    private record Reduction(String name, UnaryOperator<Tensor> operation, ToDoubleFunction<double[]> expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static double variance(double... x) {
        double mean = DoubleStream.of(x).sum() / x.length;
        return DoubleStream.of(x).map(v -> (v - mean) * (v - mean)).sum() / (x.length - 1);
    }

    private static double logSumExp(double... x) {
        return Math.log(DoubleStream.of(x).map(Math::exp).sum());
    }

    private static double argmax(double... x) {
        return x[0] >= x[1] && x[0] >= x[2] ? 0 : x[1] >= x[2] ? 1 : 2;
    }

    @ParameterizedTest
    @MethodSource("reductions")
    void aReductionIsItsFormulaAlongItsDimension(Reduction reduction) {
        Tensor result = reduction.operation().apply(cube);
        assertThat(result.shape()).isEqualTo(Shape.of(2, 4));
        double[] got = result.toHost().toDoubles();
        for (int i = 0; i < 2; i++) {
            for (int k = 0; k < 4; k++) {
                assertThat(got[i * 4 + k])
                        .isCloseTo(reduction.expected().applyAsDouble(along(i, k)), within(rounding(7 * 7)));
            }
        }
    }

    @Test
    void reductionsOverAllElementsGiveOneNumber() {
        double sum = DoubleStream.of(values).sum();
        assertThat(cube.sum().shape()).isEqualTo(Shape.of());
        assertThat(cube.sum().item()).isCloseTo(sum, within(SUM));
        assertThat(cube.mean().item()).isCloseTo(sum / 24, within(SUM));
        assertThat(cube.sum(0, 1, 2).item()).isCloseTo(sum, within(SUM));
        assertThat(cube.sumLast(3).item()).isCloseTo(sum, within(SUM));
        assertThat(cube.max().item()).isEqualTo(DoubleStream.of(values).max().orElseThrow());
        assertThat(cube.min().item()).isEqualTo(DoubleStream.of(values).min().orElseThrow());
        assertThat(cube.norm().item())
                .isCloseTo(Math.sqrt(DoubleStream.of(values).map(v -> v * v).sum()), within(SUM));
    }

    @Test
    void theSumOverTheLastDimensionsLeavesTheFirst() {
        assertThat(cube.sumLast(2).toHost().toDoubles())
                .containsExactly(
                        new double[] {
                            DoubleStream.of(values).limit(12).sum(),
                            DoubleStream.of(values).skip(12).sum()
                        },
                        within(SUM));
        assertThat(cube.sumLast(0)).isSameAs(cube);
    }

    @Test
    void sumsOfExponentialsDoNotOverflow() {
        Tensor large = doubles(new double[] {1000, 1000, -1000}, 3);
        assertThat(large.logSumExp(0).item()).isCloseTo(1000 + Math.log(2), within(rounding(1000)));
        assertThat(large.logAddExp(large).toHost().toDoubles()[0])
                .isCloseTo(1000 + Math.log(2), within(rounding(1000)));
        assertThat(large.softplus().toHost().toDoubles()).containsExactly(1000, 1000, 0);
        assertThat(large.logSigmoid().toHost().toDoubles()).containsExactly(0, 0, -1000);
    }

    @Test
    void oneBadElementIsNotFinite() {
        assertThat(cube.allFinite().item()).isEqualTo(1);
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThat(doubles(new double[] {1, bad}, 2).allFinite().item()).isZero();
        }
    }

    // ---- products, shapes, parts ----

    @Test
    void matricesAreMultipliedInBatches() {
        Tensor weight = doubles(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, 4, 2);
        Tensor product = cube.matmul(weight);
        assertThat(product.shape()).isEqualTo(Shape.of(2, 3, 2));
        double expected = 0;
        for (int k = 0; k < 4; k++) {
            expected += at(1, 2, k) * (2 * k + 1);
        }
        assertThat(product.get(0, 1).get(0, 2).get(0, 0).item()).isCloseTo(expected, within(rounding(expected)));
    }

    @Test
    void reshapingKeepsTheOrderOfElements() {
        assertThat(cube.reshape(4, -1).shape()).isEqualTo(Shape.of(4, 6));
        assertThat(cube.reshape(Shape.of(24)).toHost().toDoubles()).containsExactly(values);
    }

    @Test
    void dimensionsAreInsertedRemovedAndMoved() {
        assertThat(cube.unsqueeze(0).shape()).isEqualTo(Shape.of(1, 2, 3, 4));
        assertThat(cube.unsqueeze(-1).squeeze(-1).shape()).isEqualTo(Shape.of(2, 3, 4));
        Tensor transposed = cube.transpose(0, 2);
        assertThat(transposed.shape()).isEqualTo(Shape.of(4, 3, 2));
        assertThat(transposed.get(0, 3).get(0, 1).get(0, 0).item()).isEqualTo(at(0, 1, 3));
        Tensor moved = cube.moveDim(0, -1);
        assertThat(moved.shape()).isEqualTo(Shape.of(3, 4, 2));
        assertThat(moved.toHost().toDoubles()[1]).isEqualTo(at(1, 0, 0));
    }

    @Test
    void partsAreTakenOutOfADimension() {
        assertThat(cube.narrow(1, 1, 2).shape()).isEqualTo(Shape.of(2, 2, 4));
        assertThat(cube.narrow(1, 1, 2).toHost().toDoubles()[0]).isEqualTo(at(0, 1, 0));
        assertThat(cube.get(2, 3).toHost().toDoubles()[4]).isEqualTo(at(1, 1, 3));
        Tensor rows = cube.select(1, Tensor.of(new long[] {2, 0, 2}, 3));
        assertThat(rows.shape()).isEqualTo(Shape.of(2, 3, 4));
        assertThat(rows.get(1, 0).toHost().toDoubles())
                .containsExactly(cube.get(1, 2).toHost().toDoubles());
        Tensor gathered = cube.gather(-1, Tensor.of(new long[] {3, 2, 1, 0, 3, 2}, 2, 3, 1));
        assertThat(gathered.toHost().toDoubles())
                .containsExactly(at(0, 0, 3), at(0, 1, 2), at(0, 2, 1), at(1, 0, 0), at(1, 1, 3), at(1, 2, 2));
    }

    @Test
    void tensorsAreJoinedAlongOldAndNewDimensions() {
        Tensor joined = Tensor.cat(1, cube, cube.narrow(1, 0, 1));
        assertThat(joined.shape()).isEqualTo(Shape.of(2, 4, 4));
        assertThat(joined.get(1, 3).toHost().toDoubles())
                .containsExactly(cube.get(1, 0).toHost().toDoubles());
        Tensor stacked = Tensor.stack(0, cube, cube.negate());
        assertThat(stacked.shape()).isEqualTo(Shape.of(2, 2, 3, 4));
        assertThat(stacked.sum(0).abs().max().item()).isZero();
    }

    @Test
    void oneHotVectorsHaveOneOne() {
        Tensor oneHot = Tensor.of(new long[] {2, 0}, 2).oneHot(3);
        assertThat(oneHot.dtype()).isEqualTo(DType.FLOAT32);
        assertThat(oneHot.toFloats()).containsExactly(0, 0, 1, 1, 0, 0);
    }

    @Test
    void countsAndConstantsAreMade() {
        assertThat(Tensor.arange(4, Device.CPU).toHost().toLongs()).containsExactly(0, 1, 2, 3);
        assertThat(Tensor.scalar(2.5, Device.CPU).item()).isEqualTo(2.5);
        assertThat(Tensor.scalar(2.5, Device.CPU).rank()).isZero();
        assertThat(cube.zerosLike().abs().max().item()).isZero();
        assertThat(cube.zerosLike().dtype()).isEqualTo(DType.FLOAT64);
        assertThat(Tensor.zeros(Device.CPU, 0, 3).toFloats()).isEmpty();
    }

    @Test
    void copiesAreIndependentAndViewsAreNot() {
        Tensor copy = cube.copy();
        cube.narrow(0, 0, 1).fill(0);
        assertThat(cube.toHost().toDoubles()[0]).isZero();
        assertThat(copy.toHost().toDoubles()).containsExactly(values);
        HostArray host = copy.toHost();
        copy.fill(1);
        assertThat(host.toDoubles()).containsExactly(values);
    }

    @Test
    void aViewThatIsNotContiguousIsReadInItsOwnOrder() {
        double[] read = cube.transpose(1, 2).toHost().toDoubles();
        assertThat(read[1]).isEqualTo(at(0, 1, 0));
        assertThat(cube.expand(Shape.of(5, 2, 3, 4)).toHost().toDoubles()).hasSize(5 * 24);
    }
}
