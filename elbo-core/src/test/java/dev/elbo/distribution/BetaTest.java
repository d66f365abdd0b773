package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BetaTest extends DistributionContract implements ImplicitContract, ClosedDivergenceContract {
    @Override
    public Tensor[] parameters(Shape shape, Rng rng) {
        return new Tensor[] {
            normals(shape, 0, 0.6, rng).exp().plus(1),
            normals(shape, 0, 0.6, rng).exp().plus(1)
        };
    }

    @Override
    public Factorised of(int eventRank, Tensor... parameters) {
        return new Beta(parameters[0], parameters[1], eventRank);
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

    @Override
    public Quadrature quadrature() {
        return Quadrature.of(support(), 1, spacing());
    }

    private static Uniform uniform(double low, double high) {
        return new Uniform(floats(low), floats(high), 1);
    }

    @Test
    void withBothParametersOneItIsTheUniformDistribution() {
        Beta one = new Beta(floats(1), floats(1), 1);
        assertThat(one.logProb(floats(0.3)).item()).isZero();
        assertThat(one.klTo(uniform(0, 1)).orElseThrow().item()).isZero();
        assertThat(one.klTo(uniform(-1, 3)).orElseThrow().item())
                .isCloseTo(Math.log(4), within(Rounding.ofFormula(DType.FLOAT32, 2)));
        assertThat(one.klTo(uniform(0.1, 1)).orElseThrow().item()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void theDivergenceFromTheUniformDistributionIsThatFromItsBeta() {
        Beta p = new Beta(floats(0.4), floats(3), 1);
        assertThat(p.klTo(uniform(0, 1)).orElseThrow().item())
                .isCloseTo(
                        p.klTo(new Beta(floats(1), floats(1), 1)).orElseThrow().item(),
                        within(Rounding.ofFormula(DType.FLOAT32, 4)));
    }

    @Test
    void itIsTheFirstShareOfATwofoldDirichlet() {
        Tensor alpha = Tensor.of(new float[] {0.7f, 2.5f}, 1, 2);
        Beta beta = new Beta(floats(0.7), floats(2.5), 1);
        Tensor x = floats(0.2);
        assertThat(beta.logProb(x).item())
                .isCloseTo(
                        new Dirichlet(alpha)
                                .logProb(floats(0.2, 0.8).unsqueeze(0))
                                .item(),
                        within(Rounding.ofFormula(DType.FLOAT32, 4)));
    }

    @ParameterizedTest
    @CsvSource({"0.01, 0.01", "0.01, 100", "1, 1", "1e4, 1e4", "1e4, 0.01"})
    void drawsDensitiesAndGradientsAreFiniteForExtremeParameters(double a, double b) {
        Tensor alpha = floats(a).requireGradient();
        Tensor beta = floats(b).requireGradient();
        Beta extreme = new Beta(alpha, beta, 1);
        Scored z = extreme.rsample(500, seeded(1));
        assertThat(z.value().min().item()).isPositive();
        assertThat(z.value().max().item()).isLessThan(1);
        Tensor kl = extreme.klTo(uniform(0, 1)).orElseThrow();
        z.value().sum().plus(z.logProb().sum()).plus(kl.sum()).backward();
        assertThat(z.logProb().allFinite().to(DType.INT64).item()).isEqualTo(1);
        assertThat(kl.item()).isFinite().isNotNegative();
        assertThat(alpha.gradient().norm().item()).isFinite();
        assertThat(beta.gradient().norm().item()).isFinite();
    }
}
