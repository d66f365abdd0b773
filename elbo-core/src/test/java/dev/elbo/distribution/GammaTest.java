package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.objective.Estimate;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GammaTest extends DistributionContract implements ImplicitContract, ClosedDivergenceContract {
    @Override
    public Tensor[] parameters(Shape shape, Rng rng) {
        return new Tensor[] {
            normals(shape, 0, 0.6, rng).exp().plus(1),
            normals(shape, 0, 0.4, rng).exp()
        };
    }

    @Override
    public Factorised of(int eventRank, Tensor... parameters) {
        return new Gamma(parameters[0], parameters[1], eventRank);
    }

    @Override
    protected double[] support() {
        return grid(spacing() / 2, 100 - spacing() / 2, 50_000);
    }

    @Override
    protected double spacing() {
        return 100.0 / 50_000;
    }

    /** Of midpoints, where the density has a corner at 0. */
    @Override
    protected double integrationError() {
        return 1e-4;
    }

    @Test
    void atATemperatureTheMeanStaysAndDeviationsAreMultipliedByIt() {
        Gamma p = new Gamma(floats(3), floats(2), 0);
        for (double temperature : new double[] {0.5, 2}) {
            Tensor x = p.sample(20_000, temperature, seeded(1)).to(DType.FLOAT64);
            Estimate mean = Estimate.of(x.toHost().toDoubles());
            assertThat(mean.mean()).isCloseTo(1.5, within(mean.margin()));
            Estimate variance = Estimate.of(x.minus(1.5).square().toHost().toDoubles());
            assertThat(variance.mean()).isCloseTo(0.75 * temperature * temperature, within(variance.margin()));
        }
    }

    @Override
    public Quadrature quadrature() {
        return Quadrature.of(support(), 1, spacing());
    }

    @Test
    void withConcentrationOneItIsTheExponentialDistribution() {
        Gamma exponential = new Gamma(floats(1), floats(2), 0);
        assertThat(exponential.logProb(floats(0.7)).item())
                .isCloseTo(Math.log(2) - 1.4, within(Rounding.ofFormula(DType.FLOAT32, 2)));
    }

    /** P(x ≤ q) of known quantiles, by the chi-squared distribution of 1, 4 and 30 degrees. */
    @ParameterizedTest
    @CsvSource({"0.5, 0.2275", "2, 1.6783", "15, 14.6680"}) // medians of Gamma(α, 1)
    void halfOfTheDrawsAreBelowTheMedian(double alpha, double median) {
        int count = 40_000;
        Tensor z = new Gamma(floats(alpha), floats(1), 1).sample(count, seeded(3));
        double share = z.lessThan(median).to(DType.FLOAT32).mean().item();
        assertThat(share).isCloseTo(0.5, within(4 * 0.5 / Math.sqrt(count))); // 4 standard errors
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 1, 30, 1e4})
    void drawsDensitiesAndGradientsAreFiniteForExtremeConcentrations(double alpha) {
        Tensor concentration = floats(alpha, alpha, alpha).requireGradient();
        Gamma extreme = new Gamma(concentration, floats(1, 1e-3, 1e3), 1);
        Scored z = extreme.rsample(500, seeded(1));
        assertThat(z.value().min().item()).isPositive();
        Tensor kl = extreme.klTo(new Gamma(floats(1, 1, 1), floats(1, 1, 1), 1)).orElseThrow();
        assertThat(kl.item()).isFinite().isPositive();
        z.value().log().sum().plus(z.logProb().sum()).plus(kl.sum()).backward();
        assertThat(z.logProb().allFinite().to(DType.INT64).item()).isEqualTo(1);
        assertThat(concentration.gradient().norm().item()).isFinite();
    }
}
