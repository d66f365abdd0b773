package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions of one number against Java's, known values and the equations that define them, in FLOAT64. */
@ExtendWith(InAScope.class)
class SpecialFunctionsTest {
    private static final double[] X = {1e-3, 0.3, 0.5, 1, 1.5, 2, 3, 7, 20, 30};
    private static final double ROUNDING = 1e-13; // a thousand times that of FLOAT64, for what cancels

    private record Named(String name, UnaryOperator<Tensor> operation, DoubleUnaryOperator expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Named> functions() {
        return Stream.of(
                new Named("pow", a -> a.pow(2.5), a -> Math.pow(a, 2.5)),
                new Named("pow of two tensors", a -> a.pow(a.times(0.1)), a -> Math.pow(a, 0.1 * a)),
                new Named("reciprocal", Tensor::reciprocal, a -> 1 / a),
                new Named("rsqrt", Tensor::rsqrt, a -> 1 / Math.sqrt(a)),
                new Named("sin", Tensor::sin, Math::sin),
                new Named("cos", Tensor::cos, Math::cos),
                new Named("asin", a -> a.times(0.01).asin(), a -> Math.asin(0.01 * a)),
                new Named("floor", Tensor::floor, Math::floor),
                new Named("erf", a -> a.times(0.1).erf().erfInverse(), a -> 0.1 * a));
    }

    private static Tensor doubles(double... values) {
        return Tensor.of(HostArray.of(values, values.length), Device.CPU);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void aFunctionIsItsFormula(Named named) {
        double[] x = named.name().equals("erf") ? new double[] {-10, -3, 0, 0.1, 5, 20} : X;
        double[] got = named.operation().apply(doubles(x)).toHost().toDoubles();
        for (int i = 0; i < x.length; i++) {
            double expected = named.expected().applyAsDouble(x[i]);
            assertThat(got[i]).as("of " + x[i]).isCloseTo(expected, within(ROUNDING * Math.max(1, Math.abs(expected))));
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void itsGradientIsItsDerivative(Named named) {
        FiniteDifferences.check(inputs -> named.operation().apply(inputs[0].plus(2)), FiniteDifferences.numbers(7));
    }

    @Test
    void theErrorFunctionHasItsKnownValues() {
        // Abramowitz and Stegun (1964), table 7.1, ten digits
        assertThat(doubles(-0.5, 0, 1, 2).erf().toHost().toDoubles())
                .containsExactly(new double[] {-0.5204998778, 0, 0.8427007929, 0.9953222650}, within(1e-10));
    }

    @Test
    void theGammaFunctionIsAFactorial() {
        double logFactorial = 0;
        for (int n = 1; n < 20; n++) {
            assertThat(doubles(n).logGamma().item()).isCloseTo(logFactorial, within(1e-13 * Math.max(1, logFactorial)));
            logFactorial += Math.log(n);
        }
        // Γ(½) = √π, Γ(−½) = −2 √π
        assertThat(doubles(0.5, -0.5).logGamma().toHost().toDoubles())
                .containsExactly(
                        new double[] {Math.log(Math.PI) / 2, Math.log(2) + Math.log(Math.PI) / 2}, within(1e-14));
    }

    @Test
    void theDigammaFunctionIsTheDerivativeOfTheLogarithmOfTheGammaFunction() {
        FiniteDifferences.check(a -> a[0].plus(2).logGamma(), FiniteDifferences.numbers(7));
        FiniteDifferences.check(a -> a[0].plus(2).digamma(), FiniteDifferences.numbers(7));
        Tensor x = doubles(X);
        assertThat(x.plus(1).digamma().minus(x.digamma()).times(x).toHost().toDoubles()) // ψ(x + 1) − ψ(x) = 1 / x
                .containsExactly(x.zerosLike().plus(1).toHost().toDoubles(), within(1e-12));
        assertThat(doubles(1).digamma().item()).isCloseTo(-0.5772156649015329, within(1e-14)); // −γ
    }

    @Test
    void integersHaveNoFraction() {
        Tensor whole = Tensor.of(new long[] {2, 3}, 2);
        assertThat(whole.pow(2).toHost().toLongs()).containsExactly(4, 9);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> whole.pow(0.5))
                .withMessage("pow(INT64 [2], 0.5): integers would become real numbers; convert first, as in"
                        + " a.to(DType.FLOAT32)");
        assertThatIllegalArgumentException().isThrownBy(whole::sin).withMessageStartingWith("sin(INT64 [2]): integers");
    }
}
