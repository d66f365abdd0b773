package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KumaraswamyTest extends DistributionContract implements ReparameterisedContract {
    @Override
    public Tensor[] parameters(Shape shape, Rng rng) {
        return new Tensor[] {
            normals(shape, 0, 0.5, rng).exp().plus(1),
            normals(shape, 0, 0.5, rng).exp().plus(1)
        };
    }

    @Override
    public Factorised of(int eventRank, Tensor... parameters) {
        return new Kumaraswamy(parameters[0], parameters[1], eventRank);
    }

    @Override
    protected double[] support() {
        return grid(spacing() / 2, 1 - spacing() / 2, 20_000);
    }

    @Override
    protected double spacing() {
        return 1.0 / 20_000;
    }

    /** Of midpoints, where the density has a corner at 0 and 1. */
    @Override
    protected double integrationError() {
        return 1e-5;
    }

    private static Uniform uniform() {
        return new Uniform(floats(0).to(DType.FLOAT64), floats(1).to(DType.FLOAT64), 0);
    }

    @Test
    void withOneOfTheParametersOneItIsABeta() {
        Tensor x = floats(0.2, 0.9);
        Tensor one = floats(1, 1);
        double rounding = Rounding.ofFormula(DType.FLOAT32, 6);
        Tensor a = floats(2.5, 0.6);
        assertThat(new Kumaraswamy(a, one, 0)
                        .logProb(x)
                        .minus(new Beta(a, one, 0).logProb(x))
                        .abs()
                        .max()
                        .item())
                .isLessThan(rounding);
        assertThat(new Kumaraswamy(one, a, 0)
                        .logProb(x)
                        .minus(new Beta(one, a, 0).logProb(x))
                        .abs()
                        .max()
                        .item())
                .isLessThan(rounding);
    }

    @Test
    void theDivergenceFromTheUniformDistributionIsItsIntegral() {
        Kumaraswamy p = (Kumaraswamy) of(0, parameters(Shape.of(5), seeded(1)));
        Tensor points = Tensor.of(HostArray.of(support(), support().length, 1), Device.CPU);
        Tensor logDensity = p.logProb(points);
        Tensor integral = logDensity.times(logDensity.exp()).sum(0).times(spacing());
        // of midpoints, beside the corners at 0 and 1
        assertThat(p.klTo(uniform()).orElseThrow().minus(integral).abs().max().item())
                .isLessThan(1e-5);
        assertThat(p.klTo(new Beta(p.a(), p.b(), 0))).isEmpty();
    }

    @Test
    void gradientsOfTheDivergenceAreItsDifferences() {
        Tensor[] parameters = GradientCheck.requiring(parameters(Shape.of(5), seeded(1)));
        GradientCheck.compare(
                () -> of(0, parameters).klTo(uniform()).orElseThrow().sum(), parameters);
    }

    @ParameterizedTest
    @CsvSource({"0.01, 0.01", "0.01, 100", "1, 1", "1e4, 1e4", "1e4, 0.01"})
    void theFarthestDrawsAreFiniteWithTheirDensitiesAndGradients(double first, double second) {
        ExtremeNoise.forEach(noise -> {
            Tensor a = floats(first).requireGradient();
            Tensor b = floats(second).requireGradient();
            Scored x = new Kumaraswamy(a, b, 0).rsample(3, noise);
            x.value().sum().plus(x.logProb().sum()).backward();
            assertThat(x.value().min().item()).isPositive();
            assertThat(x.value().max().item()).isLessThan(1);
            assertThat(x.logProb().allFinite().to(DType.INT64).item()).isEqualTo(1);
            assertThat(a.gradient().item()).isFinite();
            assertThat(b.gradient().item()).isFinite();
        });
    }
}
