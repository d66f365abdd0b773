package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LaplaceTest extends DistributionContract implements ReparameterisedContract, ClosedDivergenceContract {
    private static final double[] SUPPORT = grid(-60, 60, 240_001);

    @Override
    public Tensor[] parameters(Shape shape, Rng rng) {
        return new Tensor[] {normals(shape, 0, 1, rng), normals(shape, 0, 0.4, rng)};
    }

    @Override
    public Factorised of(int eventRank, Tensor... parameters) {
        return new Laplace(parameters[0], parameters[1], eventRank);
    }

    @Override
    protected double[] support() {
        return SUPPORT;
    }

    @Override
    protected double spacing() {
        return 120.0 / 240_000;
    }

    @Test
    void theDivergenceOfNearAndFarOnesIsItsKnownValue() {
        // log b'/b + (b exp(−d/b) + d) / b' − 1
        Laplace p = new Laplace(floats(0), floats(0), 0);
        Laplace q = new Laplace(floats(3), floats(Math.log(2)), 0);
        assertThat(p.klTo(q).orElseThrow().item())
                .isCloseTo(Math.log(2) + (Math.exp(-3) + 3) / 2 - 1, within(Rounding.ofFormula(DType.FLOAT32, 3)));
    }

    @Test
    void densityAndDivergenceAreFiniteForExtremeScales() {
        Laplace one = new Laplace(floats(0.5), floats(0), 0);
        for (double logScale : new double[] {-80, 80}) {
            Laplace extreme = new Laplace(floats(1), floats(logScale), 0);
            assertThat(extreme.logProb(floats(1.5)).item()).isFinite();
            assertThat(extreme.klTo(one).orElseThrow().item()).isFinite().isPositive();
            assertThat(one.klTo(extreme).orElseThrow().item()).isFinite().isPositive();
        }
    }

    @Test
    void theFarthestDrawsAreFiniteWithTheirGradients() {
        ExtremeNoise.forEach(noise -> {
            Tensor logScale = floats(0.5).requireGradient();
            Tensor value = new Laplace(floats(0), logScale, 0).rsample(3, noise).value();
            value.sum().backward();
            assertThat(value.allFinite().item()).isEqualTo(1);
            assertThat(logScale.gradient().item()).isFinite();
        });
    }
}
