package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ZeroInflatedTest extends DistributionContract {
    @Override
    public Tensor[] parameters(Shape shape, Rng rng) {
        return new Tensor[] {normals(shape, 0, 1, rng), normals(shape, 1, 0.5, rng), normals(shape, 1, 0.5, rng)};
    }

    @Override
    public Factorised of(int eventRank, Tensor... parameters) {
        return new ZeroInflated(parameters[0], new NegativeBinomial(parameters[1], parameters[2], eventRank));
    }

    @Override
    protected double[] support() {
        return grid(0, 1000, 1001);
    }

    @Override
    protected double spacing() {
        return 1;
    }

    @Test
    void zeroHasItsOwnProbabilityAndThatOfTheCounts() {
        NegativeBinomial counts = new NegativeBinomial(floats(1, 1), floats(0, 0), 0);
        double pi = 1 / (1 + Math.exp(0.4));
        double[] usual = counts.logProb(floats(0, 3)).exp().toHost().toDoubles();
        double[] inflated = new ZeroInflated(floats(-0.4, -0.4), counts)
                .logProb(floats(0, 3))
                .exp()
                .toHost()
                .toDoubles();
        assertThat(inflated[0]).isCloseTo(pi + (1 - pi) * usual[0], within(Rounding.ofFormula(DType.FLOAT32, 2)));
        assertThat(inflated[1]).isCloseTo((1 - pi) * usual[1], within(Rounding.ofFormula(DType.FLOAT32, 2)));
    }

    @Test
    void countsThatAreNeverOrAlwaysZeroHaveFiniteDensities() {
        ZeroInflated extreme = new ZeroInflated(floats(-80, 80), new NegativeBinomial(floats(1, 1), floats(0, 0), 0));
        assertThat(extreme.logProb(floats(0, 0)).allFinite().item()).isEqualTo(1);
        assertThat(extreme.logProb(floats(4, 4)).allFinite().item()).isEqualTo(1);
    }
}
