package dev.elbo.tensor;

import static dev.elbo.tensor.FiniteDifferences.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Images made smaller, larger and sampled elsewhere, against loops in Java. */
@ExtendWith(InAScope.class)
class ImagesTest {
    private static final double ROUNDING = 1e-14;
    private final Tensor x = numbers(2, 3, 4, 6);

    private static double at(Tensor tensor, int n, int c, int i, int j) {
        return tensor.get(0, n).get(0, c).get(0, i).get(0, j).item();
    }

    /** Windows of 2 × 2 pixels, two apart, and zeros or nothing around the image. */
    private void assertPooled(Tensor pooled, ToDoubleFunction<double[]> ofWindow) {
        assertThat(pooled.shape()).isEqualTo(Shape.of(2, 3, 2, 3));
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                double[] window = {
                    at(x, 1, 2, 2 * i, 2 * j),
                    at(x, 1, 2, 2 * i, 2 * j + 1),
                    at(x, 1, 2, 2 * i + 1, 2 * j),
                    at(x, 1, 2, 2 * i + 1, 2 * j + 1)
                };
                assertThat(at(pooled, 1, 2, i, j)).isCloseTo(ofWindow.applyAsDouble(window), within(ROUNDING));
            }
        }
    }

    @Test
    void poolingTakesTheMeanOrTheLargestOfEachWindow() {
        assertPooled(Images.averagePool(x, 2, 2, 0), w -> DoubleStream.of(w).sum() / 4);
        assertPooled(Images.maxPool(x, 2, 2, 0), w -> DoubleStream.of(w).max().orElseThrow());
    }

    @Test
    void zerosAroundAnImageCountForTheMeanAndNotForTheLargest() {
        Tensor negative = Tensor.scalar(-4, Device.CPU).reshape(1, 1, 1, 1);
        assertThat(Images.averagePool(negative, 2, 1, 1).toFloats()).containsExactly(-1, -1, -1, -1);
        assertThat(Images.maxPool(negative, 2, 1, 1).toFloats()).containsExactly(-4, -4, -4, -4);
    }

    @Test
    void aNearestPixelIsRepeatedOrLeftOut() {
        Tensor twice = Images.resizeNearest(x, 8, 12);
        assertThat(twice.minus(x.repeatInterleave(2, 2).repeatInterleave(3, 2))
                        .abs()
                        .max()
                        .item())
                .isZero();
        assertThat(Images.resizeNearest(twice, 4, 6).minus(x).abs().max().item())
                .isZero();
    }

    @Test
    void aPixelIsInterpolatedBetweenItsNeighbours() {
        Tensor row = Tensor.of(new float[] {0, 8}, 1, 1, 1, 2);
        // centres of four pixels in units of the two: −¼, ¼, ¾, 1¼; beyond the outer centres it stays as it is
        assertThat(Images.resizeBilinear(row, 1, 4).toFloats()).containsExactly(0, 2, 6, 8);
        Tensor same = Images.resizeBilinear(x, 4, 6);
        assertThat(same.minus(x).abs().max().item()).isLessThan(ROUNDING);
        Tensor half = Images.resizeBilinear(x, 2, 3);
        assertThat(half.minus(Images.averagePool(x, 2, 2, 0)).abs().max().item())
                .isLessThan(ROUNDING);
    }

    @Test
    void shuffledChannelsBecomePixels() {
        Tensor channels = numbers(2, 12, 2, 3); // C = 3, r = 2
        Tensor pixels = Images.pixelShuffle(channels, 2);
        assertThat(pixels.shape()).isEqualTo(Shape.of(2, 3, 4, 6));
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 6; j++) {
                int channel = 2 * 4 + i % 2 * 2 + j % 2;
                assertThat(at(pixels, 1, 2, i, j)).isEqualTo(at(channels, 1, channel, i / 2, j / 2));
            }
        }
    }

    /** The places of the pixels themselves, shifted by some pixels. */
    private static Tensor grid(double rows, double columns) {
        double[] places = new double[4 * 6 * 2];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 6; j++) {
                places[(i * 6 + j) * 2] = (2 * (j + columns) + 1) / 6 - 1;
                places[(i * 6 + j) * 2 + 1] = (2 * (i + rows) + 1) / 4 - 1;
            }
        }
        return Tensor.of(HostArray.of(places, 1, 4, 6, 2), Device.CPU)
                .expand(Shape.of(2, 4, 6, 2))
                .copy();
    }

    @Test
    void imagesAreSampledWhereTheGridSays() {
        assertThat(Images.gridSample(x, grid(0, 0)).minus(x).abs().max().item()).isLessThan(ROUNDING);
        Tensor shifted = Images.gridSample(x, grid(1, 0.25));
        double expected = 0.75 * at(x, 1, 0, 2, 3) + 0.25 * at(x, 1, 0, 2, 4);
        assertThat(at(shifted, 1, 0, 1, 3)).isCloseTo(expected, within(ROUNDING));
        assertThat(at(shifted, 1, 0, 3, 3)).isCloseTo(0, within(ROUNDING)); // below the last row
    }

    @Test
    void gradientsOfImages() {
        Tensor small = numbers(1, 2, 4, 4);
        FiniteDifferences.check(a -> Images.averagePool(a[0], 3, 2, 1), small.copy());
        FiniteDifferences.check(a -> Images.maxPool(a[0], 3, 2, 1), small.copy());
        FiniteDifferences.check(a -> Images.resizeNearest(a[0], 6, 5), small.copy());
        FiniteDifferences.check(a -> Images.resizeBilinear(a[0], 6, 5), small.copy());
        FiniteDifferences.check(a -> Images.pixelShuffle(a[0], 2), numbers(1, 4, 2, 2));
        // away from the pixels' centres, where it has a kink
        FiniteDifferences.check(a -> Images.gridSample(a[0], a[1].times(0.7)), small.copy(), numbers(1, 2, 3, 2));
    }
}
