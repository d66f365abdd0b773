package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContinuousBernoulliTest extends DistributionContract
        implements ReparameterisedContract, ClosedDivergenceContract {
    private static final double[] SUPPORT = midpoints(100_000);

    @Override
    public Tensor[] parameters(Shape shape, Rng rng) {
        return new Tensor[] {normals(shape, 0, 4, rng)};
    }

    @Override
    public Factorised of(int eventRank, Tensor... parameters) {
        return new ContinuousBernoulli(parameters[0], eventRank);
    }

    @Override
    protected double[] support() {
        return SUPPORT;
    }

    @Override
    protected double spacing() {
        return 1e-5;
    }

    /** (2i + 1) / 2n: the middles of n equal parts of [0, 1]. */
    private static double[] midpoints(int count) {
        return grid(0.5 / count, 1 - 0.5 / count, count);
    }

    private static Tensor doubles(double... values) {
        return Tensor.of(HostArray.of(values, values.length), Device.CPU);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.5, 0.5, -1e-3, 1e-3, -0.05, 0.05})
    void bothSidesOfASwitchOfFormulasAgree(double logit) {
        Tensor sides = doubles(Math.nextDown(logit), Math.nextUp(logit)).requireGradient();
        ContinuousBernoulli both = new ContinuousBernoulli(sides, 0);
        assertAgree(both.logProb(doubles(0.3)), 1e-9);
        assertAgree(both.centre(), 1e-8);
        Tensor value = both.rsample(1, new ExtremeNoise(0.3)).value();
        assertAgree(value.squeeze(0), 1e-8);
        both.logProb(doubles(0.3)).sum().backward();
        assertAgree(sides.gradient(), 1e-8);
        sides.gradient().fill(0);
        both.centre().sum().backward();
        assertAgree(sides.gradient(), 1e-6);
        sides.gradient().fill(0);
        value.sum().backward();
        assertAgree(sides.gradient(), 1e-6);
    }

    private static void assertAgree(Tensor pair, double tolerance) {
        double[] sides = pair.toHost().toDoubles();
        assertThat(sides[0]).isCloseTo(sides[1], within(tolerance));
    }

    @Test
    void atZeroItIsUniformAndHasFiniteGradients() {
        double rounding = Rounding.ofFormula(DType.FLOAT32, 0.5);
        Tensor zero = floats(0).requireGradient();
        ContinuousBernoulli uniform = new ContinuousBernoulli(zero, 0);
        assertThat(uniform.logProb(floats(0, 0.3, 1)).toFloats()).containsExactly(0, 0, 0);
        assertThat(uniform.centre().item()).isEqualTo(0.5);
        uniform.centre().sum().backward();
        assertThat(zero.gradient().item()).isCloseTo(1 / 12.0, within(rounding)); // the variance of a uniform
        zero.gradient().fill(0);
        uniform.logProb(floats(0.3)).sum().backward();
        assertThat(zero.gradient().item()).isCloseTo(0.3 - 0.5, within(rounding));
        zero.gradient().fill(0);
        uniform.rsample(1, new ExtremeNoise(0.3)).value().sum().backward();
        assertThat(zero.gradient().item()).isCloseTo(0.3 * 0.7 / 2, within(rounding));
    }

    @Test
    void extremeLogitsHaveFiniteFiguresAndGradients() {
        for (double logit : new double[] {-1e8, -80, 80, 1e8}) {
            Tensor logits = floats(logit).requireGradient();
            ContinuousBernoulli extreme = new ContinuousBernoulli(logits, 0);
            ContinuousBernoulli uniform = new ContinuousBernoulli(floats(0), 0);
            Tensor figures = Tensor.cat(
                    0,
                    extreme.logProb(floats(0, 0.5, 1)),
                    extreme.centre(),
                    extreme.klTo(uniform).orElseThrow(),
                    uniform.klTo(extreme).orElseThrow());
            assertThat(figures.allFinite().item()).isEqualTo(1);
            figures.sum().backward();
            assertThat(logits.gradient().item()).isFinite();
        }
    }

    /** For a large |η| it is an exponential distribution of rate |η| from one end: log p = log |η| − |η| · distance. */
    @ParameterizedTest
    @ValueSource(doubles = {50, 1e3, 1e6, 1e8, 1e10})
    void theDensityKeepsItsDigitsHoweverLargeTheLogitIs(double logit) {
        double[] distances = {0, 1 / logit, 7 / logit};
        for (double distance : distances) {
            double expected = Math.log(logit) - logit * distance;
            double rounding = Rounding.ofFormula(DType.FLOAT32, Math.log(logit));
            assertThat(new ContinuousBernoulli(floats(-logit), 0)
                            .logProb(floats(distance))
                            .item())
                    .isCloseTo(expected, within(rounding));
        }
        assertThat(new ContinuousBernoulli(floats(logit), 0).logProb(floats(1)).item())
                .isCloseTo(Math.log(logit), within(Rounding.ofFormula(DType.FLOAT32, Math.log(logit))));
        double middle = logit / 2 - Math.log(logit);
        for (double side : new double[] {-logit, logit}) {
            assertThat(new ContinuousBernoulli(floats(side), 0)
                            .logProb(floats(0.5))
                            .item())
                    .isCloseTo(-middle, within(Rounding.ofFormula(DType.FLOAT32, middle)));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e10, -1e6, -100, 100, 1e6, 1e10})
    void theDivergenceOfLargeLogitsIsThatOfExponentials(double logit) {
        ContinuousBernoulli p = new ContinuousBernoulli(floats(logit), 0);
        double ofTwice = p.klTo(new ContinuousBernoulli(floats(2 * logit), 0))
                .orElseThrow()
                .item();
        // log(1/2) + 2 − 1
        assertThat(ofTwice).isCloseTo(1 - Math.log(2), within(Rounding.ofFormula(DType.FLOAT32, Math.log(2e10))));
        double ofOther =
                p.klTo(new ContinuousBernoulli(floats(-logit), 0)).orElseThrow().item();
        double largest = Math.abs(logit);
        assertThat(ofOther).isCloseTo(largest - 2, within(Rounding.ofFormula(DType.FLOAT32, largest)));
    }

    @Test
    void theFarthestDrawsAreInsideWithFiniteGradients() {
        ExtremeNoise.forEach(noise -> {
            Tensor logits = floats(-80, -1, 0, 1e-4, 1, 80).requireGradient();
            Tensor value = new ContinuousBernoulli(logits, 0).rsample(1, noise).value();
            value.sum().backward();
            assertThat(value.min().item()).isNotNegative();
            assertThat(value.max().item()).isLessThanOrEqualTo(1);
            assertThat(logits.gradient().allFinite().item()).isEqualTo(1);
        });
    }

    @Test
    void theNormaliserIsThatOfThePaper() {
        // C(λ) = 2 artanh(1 − 2λ) / (1 − 2λ): Loaiza-Ganem and Cunningham (2019), eq. 7
        double lambda = 0.2;
        double logit = Math.log(lambda / (1 - lambda));
        double normaliser = Math.log((1 - lambda) / lambda) / (1 - 2 * lambda);
        double expected = Math.log(normaliser) + 0.7 * Math.log(lambda) + 0.3 * Math.log(1 - lambda);
        assertThat(new ContinuousBernoulli(floats(logit), 0)
                        .logProb(floats(0.7))
                        .item())
                .isCloseTo(expected, within(Rounding.ofFormula(DType.FLOAT32, 2)));
    }

    /** Its density is a formula that goes on outside, where there are no values. */
    @Test
    void atEveryTemperatureSamplesAreBetweenZeroAndOne() {
        ContinuousBernoulli p = new ContinuousBernoulli(floats(-100, -3, 0, 0.5, 20), 1);
        for (double temperature : new double[] {0.1, 0.5, 2, 10}) {
            Tensor samples = p.sample(500, temperature, seeded(1));
            assertThat(samples.min().item()).isNotNegative();
            assertThat(samples.max().item()).isLessThanOrEqualTo(1);
        }
    }
}
