package dev.elbo.exhibit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.HostArray;
import org.junit.jupiter.api.Test;

class PrincipalPlaneTest {
    private static final double ROUNDING = 1e-9; // of a few sums in FLOAT64

    /** On a cross whose long arm lies along (0, 3, 4) / 5, around (1, 1, 1): at ±10 and at ±1. */
    private static final HostArray CROSS = HostArray.of(new float[] {1, 7, 9, 1, -5, -7, 2, 1, 1, 0, 1, 1}, 4, 3);

    @Test
    void theLongestDirectionIsTheFirstAxis() {
        double[] points = PrincipalPlane.of(CROSS).points().toDoubles();
        assertThat(points).hasSize(8);
        double[] expected = {10, 0, -10, 0, 0, 1, 0, -1};
        for (int i = 0; i < expected.length; i++) {
            assertThat(points[i]).as("coordinate %d", i).isEqualTo(expected[i], within(ROUNDING));
        }
    }

    @Test
    void thePartsOfTheVarianceAreThoseOfTheArms() {
        PrincipalPlane plane = PrincipalPlane.of(CROSS);
        assertThat(plane.first()).isEqualTo(100.0 / 101, within(ROUNDING));
        assertThat(plane.second()).isEqualTo(1.0 / 101, within(ROUNDING));
    }

    @Test
    void pointsThatAreAllTheSameLieAtZero() {
        PrincipalPlane plane = PrincipalPlane.of(HostArray.of(new float[] {3, 4, 5, 3, 4, 5}, 2, 3));
        assertThat(plane.points().toDoubles()).containsOnly(0);
        assertThat(plane.first()).isZero();
    }
}
