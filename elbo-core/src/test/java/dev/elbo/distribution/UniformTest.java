package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;

class UniformTest extends DistributionContract implements ReparameterisedContract, ClosedDivergenceContract {
    private static final double[] SUPPORT = grid(-8, 12, 200_001);

    @Override
    public Tensor[] parameters(Shape shape, Rng rng) {
        Tensor low = normals(shape, 0, 1, rng);
        return new Tensor[] {low, low.plus(normals(shape, 0, 0.5, rng).exp())};
    }

    @Override
    public Factorised of(int eventRank, Tensor... parameters) {
        return new Uniform(parameters[0], parameters[1], eventRank);
    }

    @Override
    protected double[] support() {
        return SUPPORT;
    }

    @Override
    protected double spacing() {
        return 20.0 / 200_000;
    }

    @Override
    public Tensor[] othersParameters(Shape shape, Rng rng) {
        Tensor[] inner = parameters(shape, rng);
        return new Tensor[] {inner[0].minus(8), inner[1].plus(20)};
    }

    /** An interval's ends lie between two points. */
    @Override
    protected double integrationError() {
        return 1e-3;
    }

    @Test
    void bothBoundsBelongToTheIntervalAndWhatIsOutsideHasNoMass() {
        Uniform interval = new Uniform(floats(1), floats(3), 0);
        assertThat(interval.logProb(floats(0.99, 1, 2, 3, 3.01)).toFloats())
                .containsExactly(
                        Float.NEGATIVE_INFINITY,
                        (float) -Math.log(2),
                        (float) -Math.log(2),
                        (float) -Math.log(2),
                        Float.NEGATIVE_INFINITY);
    }

    @Test
    void aDrawThatIsRoundedUpToTheBoundHasItsDensity() {
        Uniform interval = new Uniform(floats(1), floats(2), 0);
        Scored scored = interval.rsample(1, new ExtremeNoise(1 - 0x1p-24)); // 1 + this is 2 in FLOAT32
        assertThat(scored.value().item()).isEqualTo(2);
        assertThat(scored.logProb().item()).isZero();
    }

    @Test
    void anIntervalWithoutLengthIsRefusedWithItsBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Uniform(floats(0, 2), floats(1, 1), 1))
                .withMessage("low must be below high; got low 2.0 and high 1.0 at element 1 of [2];"
                        + " exchange them, or widen the interval");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Uniform(floats(1), floats(1), 0))
                .withMessageContaining("got low 1.0 and high 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Uniform(floats(0), floats(1, 1), 0))
                .withMessageContaining("one shape; got low [1] and high [2]");
    }

    @Test
    void theDivergenceFromASmallerIntervalIsInfinite() {
        Uniform large = new Uniform(floats(0), floats(4), 0);
        Uniform small = new Uniform(floats(1), floats(2), 0);
        assertThat(small.klTo(large).orElseThrow().item())
                .isCloseTo(Math.log(4), within(Rounding.ofFormula(DType.FLOAT32, 2)));
        assertThat(large.klTo(small).orElseThrow().item()).isEqualTo(Double.POSITIVE_INFINITY);
    }
}
