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
import org.junit.jupiter.params.provider.ValueSource;

class PoissonTest extends DistributionContract implements ClosedDivergenceContract {
    @Override
    public Tensor[] parameters(Shape shape, Rng rng) {
        return new Tensor[] {normals(shape, 1, 0.7, rng)};
    }

    @Override
    public Factorised of(int eventRank, Tensor... parameters) {
        return new Poisson(parameters[0], eventRank);
    }

    @Override
    protected double[] support() {
        return grid(0, 100, 101);
    }

    @Override
    protected double spacing() {
        return 1;
    }

    /** p(0) = exp(−λ) and p(x + 1) = p(x) λ / (x + 1). */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 1, 7.5, 60})
    void itsMassesFollowOneAnother(double rate) {
        double mass = Math.exp(-rate);
        for (int x = 0; x < 40; x++) {
            double logProb = new Poisson(floats(Math.log(rate)).to(DType.FLOAT64), 0)
                    .logProb(floats(x).to(DType.FLOAT64))
                    .item();
            // log λ is rounded to FLOAT32, and is taken x times
            assertThat(logProb).isCloseTo(Math.log(mass), within(1e-6 * (1 + x + rate)));
            mass *= rate / (x + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 0.5, 20, 3000, 1e8})
    void drawsHaveMeanAndVarianceOfTheRate(double rate) {
        Tensor draws = new Poisson(floats(Math.log(rate)).to(DType.FLOAT64), 1).sample(20_000, seeded(3));
        Estimate mean = Estimate.of(draws.squeeze(-1).toHost().toDoubles());
        assertThat(mean.mean()).isCloseTo(rate, within(mean.margin() + 1e-6 * rate)); // log λ in FLOAT32
        Estimate variance =
                Estimate.of(draws.minus(rate).square().squeeze(-1).toHost().toDoubles());
        assertThat(variance.mean()).isCloseTo(rate, within(variance.margin() + 1e-6 * rate));
        assertThat(draws.minus(draws.round()).abs().max().item()).isZero();
        assertThat(draws.min().item()).isNotNegative();
    }

    @Test
    void extremeRatesHaveFiniteDensities() {
        Poisson extreme = new Poisson(floats(-30, -30, 30, 30), 0);
        assertThat(extreme.logProb(floats(0, 5, 0, 5)).allFinite().item()).isEqualTo(1);
        assertThat(extreme.logProb(floats(0, 5, 0, 5)).toFloats()[0])
                .isCloseTo(0, within((float) Rounding.ofFormula(DType.FLOAT32, 1)));
    }

    @Test
    void betweenItsMeanAndItselfDrawsAreCounts() {
        Tensor cool = new Poisson(floats(1, 2), 1).sample(50, 0.5, seeded(1));
        assertThat(cool.minus(cool.round()).abs().max().item()).isZero();
        assertThat(cool.min().item()).isNotNegative();
    }
}
