package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.InAScope;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InAScope.class)
class BesselTest {
    private static final double[] KAPPAS = {1e-3, 0.1, 1, 5, 20, 100, 700, 1e4};

    /** Debye's expansion ends at the fourth term, with 10⁻⁸ at an order of 32. */
    private static final double ERROR = 2e-8;

    private static Tensor number(double value) {
        return Tensor.of(HostArray.of(new double[] {value}, 1), Device.CPU);
    }

    /** log Σ (κ/2)^(2k+ν) / (k! Γ(ν + k + 1)), whose terms are all positive; Abramowitz and Stegun (1964), 9.6.10. */
    private static double logSeries(double order, double kappa) {
        double logTerm =
                order * Math.log(kappa / 2) - number(order + 1).logGamma().item();
        double sum = 0;
        for (int k = 0; k < 4000; k++) {
            double next = logTerm;
            double larger = Math.max(sum, next);
            sum = k == 0 ? next : larger + Math.log(Math.exp(sum - larger) + Math.exp(next - larger));
            logTerm += 2 * Math.log(kappa / 2) - Math.log(k + 1.0) - Math.log(order + k + 1);
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1, 9, 24, 40})
    void itIsItsSeries(double order) {
        for (double kappa : KAPPAS) {
            if (kappa <= 700) {
                double log = Bessel.of(order, number(kappa)).logScaled().item() + order * Math.log(kappa);
                assertThat(log).as("κ " + kappa).isCloseTo(logSeries(order, kappa), within(ERROR));
            }
        }
    }

    @Test
    void ofOrderOneHalfItIsAHyperbolicSine() {
        for (double kappa : KAPPAS) {
            // I_½(κ) = √(2 / πκ) sinh κ
            double logSinh = kappa + Math.log(-Math.expm1(-2 * kappa)) - Math.log(2);
            double expected = 0.5 * Math.log(2 / (Math.PI * kappa)) + logSinh - 0.5 * Math.log(kappa);
            Bessel bessel = Bessel.of(0.5, number(kappa));
            assertThat(bessel.logScaled().item()).isCloseTo(expected, within(ERROR));
            double ratio = kappa < 0.01 ? kappa / 3 : 1 / Math.tanh(kappa) - 1 / kappa;
            assertThat(bessel.ratio().item()).isCloseTo(ratio, within(ERROR));
        }
    }

    @Test
    void knownValues() {
        // Abramowitz and Stegun (1964), table 9.8: e⁻¹ I₀(1), e⁻¹ I₁(1)
        Bessel bessel = Bessel.of(0, number(1));
        assertThat(Math.exp(bessel.logScaled().item() - 1)).isCloseTo(0.4657596077, within(1e-8));
        assertThat(Math.exp(bessel.logScaled().item() - 1) * bessel.ratio().item())
                .isCloseTo(0.2079104154, within(1e-8));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 9, 24})
    void theLogarithmGrowsAsTheRatio(double order) {
        // d/dκ log (I_ν κ^−ν) = I_ν₊₁ / I_ν
        for (double kappa : KAPPAS) {
            Tensor k = number(kappa).requireGradient();
            Bessel bessel = Bessel.of(order, k);
            bessel.logScaled().sum().backward();
            assertThat(k.gradient().item()).isCloseTo(bessel.ratio().item(), within(ERROR));
        }
    }

    @Test
    void atZeroAndFarOutItIsFinite() {
        // I_ν(κ) κ^−ν is 2^−ν / Γ(ν + 1) at 0
        assertThat(Bessel.of(3, number(0)).logScaled().item()).isCloseTo(-3 * Math.log(2) - Math.log(6), within(ERROR));
        assertThat(Bessel.of(3, number(0)).ratio().item()).isZero();
        Bessel far = Bessel.of(24, number(1e6));
        assertThat(far.ratio().item()).isCloseTo(1 - 49 / 2e6, within(2e-9)); // and a square of that
        assertThat(far.logScaled().item()).isFinite();
    }
}
