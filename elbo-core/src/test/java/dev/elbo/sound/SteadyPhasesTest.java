package dev.elbo.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class SteadyPhasesTest {
    /** The same frame three times: a peak at bin 5 of nine, with bins 4 and 6 beside it, and one at bin 2. */
    private static final float[] FRAME = {0, 1, 2, 1, 3, 8, 3, 0, 0};

    private static float[][] phases() {
        float[] magnitudes = new float[FRAME.length * 3]; // [1, F, T]
        for (int i = 0; i < magnitudes.length; i++) {
            magnitudes[i] = FRAME[i / 3];
        }
        Tensor spectra = Tensor.of(HostArray.of(magnitudes, 1, FRAME.length, 3), Device.CPU);
        Tensor phases = new SteadyPhases(16, 4).of(spectra, Rng.seeded(1, Device.CPU));
        float[][] frames = new float[3][];
        for (int t = 0; t < 3; t++) {
            frames[t] = phases.get(0, 0).get(1, t).toHost().toFloats();
        }
        return frames;
    }

    private static double turned(double radians) {
        return radians - 2 * Math.PI * Math.rint(radians / (2 * Math.PI));
    }

    @Test
    void thePhaseOfAPeakGoesOnByItsFrequency() {
        float[][] phases = phases();

        // bin 5 of frames of 16, 4 apart: 2π 5 · 4 / 16 = 2.5 π, a quarter turn; bin 2: half a turn
        assertThat(turned(phases[2][5] - phases[1][5])).isEqualTo(Math.PI / 2, within(1e-5));
        assertThat(Math.abs(turned(phases[2][2] - phases[1][2]))).isEqualTo(Math.PI, within(1e-5));
    }

    @Test
    void theBinsBesideAPeakHaveTheOppositePhase() {
        float[] phases = phases()[2];

        assertThat(Math.abs(turned(phases[4] - phases[5]))).isEqualTo(Math.PI, within(1e-5));
        assertThat(Math.abs(turned(phases[6] - phases[5]))).isEqualTo(Math.PI, within(1e-5));
        assertThat(turned(phases[7] - phases[5])).isEqualTo(0, within(1e-5));
    }
}
