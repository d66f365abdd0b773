package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Where everything counts, it is what it masks. */
class MaskedTest extends DistributionContract implements ClosedDivergenceContract {
    private static final double[] SUPPORT = grid(-20, 20, 8001);

    @Override
    public Tensor[] parameters(Shape shape, Rng rng) {
        return new Tensor[] {normals(shape, 0, 1, rng), normals(shape, 0, 0.4, rng)};
    }

    @Override
    public Factorised of(int eventRank, Tensor... parameters) {
        Tensor everything = Tensor.zeros(Device.CPU, 1).fill(1);
        return new Masked(new DiagonalNormal(parameters[0], parameters[1], eventRank), everything);
    }

    @Override
    protected double[] support() {
        return SUPPORT;
    }

    @Override
    protected double spacing() {
        return 40.0 / 8000;
    }

    private static Tensor mask(float... counts) {
        return Tensor.of(counts, counts.length);
    }

    @Test
    void whatIsMaskedCountsNothingAndIsZero() {
        DiagonalNormal normal = new DiagonalNormal(floats(1, 2, 3), floats(0, 0.5, 1), 1);
        DiagonalNormal begin = new DiagonalNormal(floats(1, 2), floats(0, 0.5), 1);
        Masked masked = new Masked(normal, mask(1, 1, 0));
        assertThat(masked.logProb(floats(0.5, 1, 99)).toHost())
                .isEqualTo(begin.logProb(floats(0.5, 1)).toHost());
        assertThat(masked.klTo(DiagonalNormal.standard(3, Device.CPU))
                        .orElseThrow()
                        .toHost())
                .isEqualTo(begin.klTo(DiagonalNormal.standard(2, Device.CPU))
                        .orElseThrow()
                        .toHost());
        assertThat(masked.centre().toFloats()).containsExactly(1, 2, 0);
        assertThat(masked.sample(1, seeded(1)).toFloats()[2]).isZero();
        assertThat(masked.sample(1, 0.5, seeded(1)).toFloats()[2]).isZero();
    }

    @Test
    void whatIsImpossibleAtTheEndOfASequenceIsNoNumberNowhere() {
        Masked masked = new Masked(new Uniform(floats(0, 0), floats(1, 1), 1), mask(1, 0));
        assertThat(masked.logProb(floats(0.5, 7)).item()).isZero();
        assertThat(masked.logProb(floats(7, 0.5)).item()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(masked.logProb(floats(0.5, 7)).dtype()).isEqualTo(DType.FLOAT32);
    }
}
