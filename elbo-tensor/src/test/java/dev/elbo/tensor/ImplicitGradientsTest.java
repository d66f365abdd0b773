package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Against −(∂F / ∂α) / p, with F from Simpson's rule and its derivative from differences. */
@ExtendWith(InAScope.class)
class ImplicitGradientsTest {
    private static final double STEP = 1e-3;
    private static final int INTERVALS = 2000;
    private static final double TOLERANCE = 1e-3; // relative: libtorch's own rational approximations

    /** ∫ over [0, x], by parts that are larger away from 0, where densities may have a pole. */
    private static double integral(DoubleUnaryOperator density, double x) {
        double sum = 0;
        for (int i = 0; i <= INTERVALS; i++) {
            double root = (double) i / INTERVALS;
            double t = Math.max(Math.pow(root, 8) * x, 1e-300);
            int weight = i == 0 || i == INTERVALS ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * density.applyAsDouble(t) * 8 * Math.pow(root, 7) * x;
        }
        return sum / INTERVALS / 3;
    }

    private static double implicit(DoubleUnaryOperator below, DoubleUnaryOperator above, double density, double x) {
        return -(integral(above, x) - integral(below, x)) / (2 * STEP) / density;
    }

    private static Tensor number(double value) {
        return Tensor.of(HostArray.of(new double[] {value}, 1), Device.CPU);
    }

    private static double logGamma(double a) {
        return number(a).logGamma().item();
    }

    private static DoubleUnaryOperator gamma(double alpha) {
        double normaliser = logGamma(alpha);
        return t -> Math.exp((alpha - 1) * Math.log(t) - t - normaliser);
    }

    private static DoubleUnaryOperator beta(double alpha, double total) {
        double normaliser = logGamma(alpha) + logGamma(total - alpha) - logGamma(total);
        return t -> Math.exp((alpha - 1) * Math.log(t) + (total - alpha - 1) * Math.log1p(-t) - normaliser);
    }

    @Test
    void aGammaSampleMovesWithItsShape() {
        for (double alpha : new double[] {0.7, 1.3, 4, 12}) {
            for (double x : new double[] {0.2, 1, 5}) {
                double expected = implicit(
                        gamma(alpha - STEP), gamma(alpha + STEP), gamma(alpha).applyAsDouble(x), x);
                assertThat(ImplicitGradients.gamma(number(alpha), number(x)).item())
                        .as("α = " + alpha + ", x = " + x)
                        .isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
            }
        }
    }

    @Test
    void aPartOfAWholeMovesWithItsConcentration() {
        for (double alpha : new double[] {0.8, 2, 5}) {
            for (double x : new double[] {0.1, 0.4, 0.8}) {
                double total = alpha + 2.5;
                double moved = implicit(
                        beta(alpha - STEP, total - STEP),
                        beta(alpha + STEP, total + STEP),
                        beta(alpha, total).applyAsDouble(x),
                        x);
                assertThat(ImplicitGradients.dirichlet(number(x), number(alpha), number(total))
                                .item())
                        .as("α = " + alpha + ", x = " + x)
                        .isCloseTo(moved / (1 - x), within(TOLERANCE * Math.max(1, Math.abs(moved / (1 - x)))));
            }
        }
    }

    @Test
    void shapesAreTakenElementByElement() {
        Tensor alpha = FiniteDifferences.numbers(2, 3).square().plus(1);
        Tensor x = alpha.plus(0.3);
        Tensor all = ImplicitGradients.gamma(alpha, x);
        assertThat(all.shape()).isEqualTo(Shape.of(2, 3));
        assertThat(all.get(0, 1).get(0, 2).item())
                .isEqualTo(ImplicitGradients.gamma(
                                alpha.get(0, 1).narrow(0, 2, 1), x.get(0, 1).narrow(0, 2, 1))
                        .item());
    }
}
