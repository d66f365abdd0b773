package dev.elbo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.HostArray;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeatureDistanceTest {
    /** Corners of a box around a point, whose variances are 4/3 of the squares of its half widths (of eight points, N − 1). */
    private static HostArray box(double x, double y, double width, double height) {
        float[] corners = new float[8];
        for (int i = 0; i < 4; i++) {
            corners[2 * i] = (float) (x + (i % 2 == 0 ? width : -width));
            corners[2 * i + 1] = (float) (y + (i / 2 == 0 ? height : -height));
        }
        return HostArray.of(corners, 4, 2);
    }

    @Test
    void equalFeaturesAreNoDistanceApart() {
        Random random = new Random(1);
        float[] values = new float[50 * 7];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        HostArray features = HostArray.of(values, 50, 7);
        assertThat(FeatureDistance.of(features, features)).isEqualTo(0, within(1e-9)); // roots of FLOAT64 squares
    }

    /** The distance of axes-parallel normals is Σ (μ₁ − μ₂)² + (σ₁ − σ₂)². */
    @Test
    void ofBoxesItIsThatOfMeansAndDeviations() {
        double scale = 4.0 / 3;
        double expected = 9 + 16 + scale * ((2 - 1) * (2 - 1) + (3 - 0.5) * (3 - 0.5));
        assertThat(FeatureDistance.of(box(0, 0, 2, 3), box(3, -4, 1, 0.5))).isEqualTo(expected, within(1e-6));
        assertThat(FeatureDistance.of(box(3, -4, 1, 0.5), box(0, 0, 2, 3))).isEqualTo(expected, within(1e-6));
    }

    /** Features that do not vary have a singular covariance. */
    @Test
    void aFeatureThatNeverVariesIsNoFailure() {
        assertThat(FeatureDistance.of(box(0, 0, 2, 0), box(1, 0, 2, 0))).isEqualTo(1, within(1e-6));
    }
}
