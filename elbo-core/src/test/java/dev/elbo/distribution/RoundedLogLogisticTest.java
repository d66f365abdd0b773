package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;

class RoundedLogLogisticTest extends DistributionContract {
    private static final int LARGEST = 200_000;

    @Override
    public Tensor[] parameters(Shape shape, Rng rng) {
        return new Tensor[] {normals(shape, 1, 0.5, rng), normals(shape, -1, 0.2, rng)};
    }

    @Override
    public Factorised of(int eventRank, Tensor... parameters) {
        return new RoundedLogLogistic(parameters[0], parameters[1], eventRank);
    }

    @Override
    protected double[] support() {
        return grid(0, LARGEST, LARGEST + 1);
    }

    @Override
    protected double spacing() {
        return 1;
    }

    /** The mean may be infinite; whether a number is above 3 has one. */
    @Override
    protected Tensor expected(Tensor sample) {
        return sample.greaterThan(3).to(DType.FLOAT64);
    }

    /** 1 − σ((log 3½ − loc) / scale). */
    @Override
    protected Tensor mean(Factorised distribution) {
        RoundedLogLogistic p = (RoundedLogLogistic) distribution;
        return p.loc().minus(Math.log(3.5)).times(p.logScale().negate().exp()).sigmoid();
    }

    @Test
    void zeroHasTheMassBelowAHalfAndTheCentreIsTheMedian() {
        RoundedLogLogistic p = new RoundedLogLogistic(floats(0, Math.log(5)), floats(0, -3), 0);
        // σ(log ½) = ½ / (½ + 1)
        assertThat(Math.exp(p.logProb(Tensor.of(new long[] {0, 0}, 2)).get(0, 0).item()))
                .isCloseTo(1.0 / 3, within(1e-6)); // FLOAT32
        assertThat(p.centre().toHost().toLongs()).containsExactly(1, 5);
    }

    @Test
    void farFromItsMedianAMassIsSmallButFinite() {
        RoundedLogLogistic p = new RoundedLogLogistic(floats(0, 8, -40), floats(-3, -3, 0), 0);
        Tensor mass = p.logProb(Tensor.of(new long[] {5000, 0, 1000}, 3));
        assertThat(mass.allFinite().item()).isEqualTo(1);
        assertThat(mass.max().item()).isLessThan(-30);
    }
}
