package dev.elbo.studio;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PlaneTest {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-6); // of float32 codes

    @Test
    void codesOnALineHaveAllTheirVarianceAlongIt() {
        float[] line = {0, 0, 0, 3, 4, 0, 6, 8, 0, -3, -4, 0};
        Plane plane = Plane.principal(line, 3);
        assertThat(plane.firstShare()).isCloseTo(1, ROUNDING);
        assertThat(plane.across()[0]).isCloseTo(0.6, ROUNDING);
        assertThat(plane.across()[1]).isCloseTo(0.8, ROUNDING);
        assertThat(plane.places(line)[2] - plane.places(line)[0]).isCloseTo(5, Offset.offset(1e-5F)); // |(3, 4)|
    }

    @Test
    void aPlaneOfTwoDimensionsHasTheNumbersThemselvesAsPlaces() {
        float[] codes = {1, 2, 3, 4, 5, 7};
        Plane plane = Plane.ofDimensions(codes, 3, 0, 2);
        assertThat(plane.places(codes)).containsExactly(1, 3, 4, 7);
        assertThat(plane.origin()).containsExactly(0, 3.5, 0);
    }

    @Test
    void oneDimensionIsALine() {
        Plane plane = Plane.principal(new float[] {1, 2, 4}, 1);
        assertThat(plane.secondShare()).isZero();
        assertThat(plane.places(new float[] {4})[1]).isZero();
    }
}
