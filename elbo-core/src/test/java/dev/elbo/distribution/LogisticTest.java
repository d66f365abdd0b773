package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LogisticTest extends DistributionContract implements ReparameterisedContract {
    private static final double[] SUPPORT = grid(-120, 120, 60_001);

    @Override
    public Tensor[] parameters(Shape shape, Rng rng) {
        return new Tensor[] {normals(shape, 0, 1, rng), normals(shape, 0, 0.4, rng)};
    }

    @Override
    public Factorised of(int eventRank, Tensor... parameters) {
        return new Logistic(parameters[0], parameters[1], eventRank);
    }

    @Override
    protected double[] support() {
        return SUPPORT;
    }

    @Override
    protected double spacing() {
        return 240.0 / 60_000;
    }

    @Test
    void theDensityIsTheDerivativeOfTheSigmoid() {
        Logistic standard = new Logistic(floats(0), floats(0), 0);
        double sigmoid = 1 / (1 + Math.exp(-1.5));
        assertThat(standard.logProb(floats(1.5)).item())
                .isCloseTo(Math.log(sigmoid * (1 - sigmoid)), within(Rounding.ofFormula(DType.FLOAT32, 3)));
    }

    @Test
    void theDensityIsFiniteFarOutAndForExtremeScales() {
        assertThat(new Logistic(floats(0), floats(0), 0)
                        .logProb(floats(-1000, 1000))
                        .toFloats())
                .containsExactly(-1000, -1000);
        for (double logScale : new double[] {-80, 80}) {
            assertThat(new Logistic(floats(1), floats(logScale), 0)
                            .logProb(floats(1.5))
                            .item())
                    .isFinite();
        }
    }

    @Test
    void theDensityIsThatOfBothTailsForEveryNumber() {
        double largest = Float.MAX_VALUE;
        float[] tails = new Logistic(floats(0), floats(0), 0)
                .logProb(floats(-largest, -1e38, -2e19, 2e19, 1e38, largest))
                .toFloats();
        assertThat(tails).containsExactly(-Float.MAX_VALUE, -1e38f, -2e19f, -2e19f, -1e38f, -Float.MAX_VALUE);
    }

    @Test
    void theFarthestDrawsAreFiniteWithTheirGradients() {
        ExtremeNoise.forEach(noise -> {
            Tensor logScale = floats(0.5).requireGradient();
            Tensor value =
                    new Logistic(floats(0), logScale, 0).rsample(3, noise).value();
            value.sum().backward();
            assertThat(value.allFinite().item()).isEqualTo(1);
            assertThat(logScale.gradient().item()).isFinite();
        });
    }
}
