package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;

class DiagonalNormalTest extends DistributionContract implements ReparameterisedContract, ClosedDivergenceContract {
    private static final double[] SUPPORT = grid(-40, 40, 20_001);

    @Override
    public Tensor[] parameters(Shape shape, Rng rng) {
        return new Tensor[] {normals(shape, 0, 1, rng), normals(shape, 0, 0.7, rng)};
    }

    @Override
    public Factorised of(int eventRank, Tensor... parameters) {
        return new DiagonalNormal(parameters[0], parameters[1], eventRank);
    }

    @Override
    protected double[] support() {
        return SUPPORT;
    }

    @Override
    protected double spacing() {
        return 80.0 / 20_000;
    }

    @Test
    void theStandardNormalHasItsKnownDensity() {
        DiagonalNormal standard = DiagonalNormal.standard(2, Device.CPU);
        assertThat(standard.logProb(floats(1, -2)).item())
                .isCloseTo(-Math.log(2 * Math.PI) - 2.5, within(Rounding.ofFormula(DType.FLOAT32, 5)));
        assertThat(standard.eventRank()).isEqualTo(1);
    }

    @Test
    void theDivergenceFromTheStandardNormalIsThatOfThePaper() {
        // −½ Σ (1 + log σ² − μ² − σ²): Kingma and Welling (2014), appendix B
        DiagonalNormal posterior = new DiagonalNormal(floats(0.5, -1), floats(Math.log(0.25), Math.log(2)), 1);
        double expected = -0.5 * (1 + Math.log(0.25) - 0.25 - 0.25 + 1 + Math.log(2) - 1 - 2);
        assertThat(posterior
                        .klTo(DiagonalNormal.standard(2, Device.CPU))
                        .orElseThrow()
                        .item())
                .isCloseTo(expected, within(Rounding.ofFormula(DType.FLOAT32, 3)));
    }

    @Test
    void aTinyDivergenceIsNotRoundedAway() {
        // exp(t) − 1 − t of a small t would cancel to 0 in FLOAT32, or below
        DiagonalNormal nearly = new DiagonalNormal(floats(0), floats(1e-3), 1);
        double kl = nearly.klTo(DiagonalNormal.standard(1, Device.CPU))
                .orElseThrow()
                .item();
        assertThat(kl).isCloseTo(1e-6 / 4, within(2e-8));
    }

    @Test
    void densityAndDivergenceAreFiniteForExtremeVariances() {
        DiagonalNormal standard = DiagonalNormal.standard(1, Device.CPU);
        for (double logVar : new double[] {-80, 80}) {
            DiagonalNormal extreme = new DiagonalNormal(floats(1), floats(logVar), 1);
            assertThat(extreme.logProb(floats(1.5)).item()).isFinite();
            assertThat(extreme.klTo(standard).orElseThrow().item()).isFinite().isPositive();
            assertThat(standard.klTo(extreme).orElseThrow().item()).isFinite().isPositive();
        }
    }

    @Test
    void oneVarianceMayServeAllElements() {
        Tensor logVar = floats(Math.log(4)).get(0, 0).requireGradient();
        DiagonalNormal images = new DiagonalNormal(Tensor.zeros(Device.CPU, 2, 1, 3, 3), logVar, 3);
        Tensor logProb = images.logProb(Tensor.zeros(Device.CPU, 5, 2, 1, 3, 3));
        assertThat(logProb.shape()).isEqualTo(Shape.of(5, 2));
        logProb.sum().backward();
        assertThat(logVar.gradient().item()).isCloseTo(-0.5 * 90, within(Rounding.ofSum(DType.FLOAT32, 90, 45)));
    }
}
