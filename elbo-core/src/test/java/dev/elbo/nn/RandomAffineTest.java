package dev.elbo.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class RandomAffineTest {
    /** As far as it goes. */
    private static final Rng MOST = new Rng() {
        @Override
        public Tensor normal(Shape shape) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Tensor uniform(Shape shape) {
            return Tensor.zeros(Device.CPU, shape.sizes()).plus(1);
        }
    };

    private final Tensor image = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3);

    private double[] moved(double shift, double rotation) {
        return new RandomAffine(shift, rotation)
                .forward(image, Pass.training(MOST))
                .toHost()
                .toDoubles();
    }

    @Test
    void aShiftByAPixelMovesAllPixelsAndLetsInZeros() {
        // places of pixels in FLOAT32
        assertThat(moved(1, 0)).containsExactly(new double[] {5, 6, 0, 8, 9, 0, 0, 0, 0}, within(1e-5));
    }

    @Test
    void aQuarterTurnMovesCornersToCorners() {
        assertThat(moved(0, 90)).containsExactly(new double[] {7, 4, 1, 8, 5, 2, 9, 6, 3}, within(1e-5));
    }

    @Test
    void imagesAreMovedEachByItsOwnChance() {
        Tensor twice = image.expand(Shape.of(2, 1, 3, 3));
        Tensor moved = new RandomAffine(1, 20).forward(twice, Pass.training(Rng.seeded(1, Device.CPU)));
        assertThat(moved.get(0, 0).toFloats()).isNotEqualTo(moved.get(0, 1).toFloats());
    }

    @Test
    void inUseNothingMoves() {
        assertThat(new RandomAffine(1, 20).forward(image, Pass.deterministic())).isSameAs(image);
    }

    @Test
    void negativeRangesAreRefused() {
        assertThatThrownBy(() -> new RandomAffine(-1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "images are shifted by pixels and turned by degrees, at least 0; got shift=-1.0 and rotation=0.0");
    }
}
