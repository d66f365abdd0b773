package dev.elbo.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeriesTest {
    private static final Series RAMP = Series.of(
            IntStream.range(0, 1000).asDoubleStream().toArray(),
            IntStream.range(0, 1000).asDoubleStream().toArray());

    @Test
    void theRunningMeanOfALineIsTheLineSoItDoesNotLag() {
        Series smooth = RAMP.smoothed(5);
        assertThat(smooth.y(500)).isCloseTo(500, within(1e-9)); // rounding
    }

    @Test
    void theRunningMeanStepsOverWhatIsNotFinite() {
        Series series = Series.of(new double[] {0, 1, 2}, new double[] {1, Double.NaN, 3});
        assertThat(series.smoothed(1).y(1)).isEqualTo(2);
    }

    @Test
    void thinningKeepsTheCourse() {
        Series thin = RAMP.thinned(Axis.linear("", 0, 999), 100);
        assertThat(thin.size()).isLessThanOrEqualTo(101); // the last point has a cell of its own
        assertThat(thin.y(50)).isCloseTo(505, within(10.0)); // a cell is 10 wide
    }

    @Test
    void thinningForALogarithmicAxisKeepsTheFirstPointsAndLeavesOutZero() {
        Series thin = RAMP.thinned(Axis.logarithmic("", 1, 999), 100);
        assertThat(thin.x(0)).isEqualTo(1);
        assertThat(thin.x(1)).isEqualTo(2);
    }

    @Test
    void quantilesSkipWhatIsNotFinite() {
        Series series = Series.of(new double[] {0, 1, 2, 3}, new double[] {5, Double.NaN, 1, 3});
        assertThat(series.quantile(0)).isEqualTo(1);
        assertThat(series.quantile(0.5)).isEqualTo(3);
        assertThat(series.quantile(1)).isEqualTo(5);
    }

    @Test
    void everyPointNeedsAnXAndAY() {
        assertThatThrownBy(() -> Series.of(new double[2], new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a series has as many x as y; got 2 and 3");
        assertThatThrownBy(() -> Series.of(new double[] {Double.NaN}, new double[1]))
                .hasMessage("every point of a series needs a finite x");
    }
}
