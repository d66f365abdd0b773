package dev.elbo.sound;

import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;

/**
 * Phases as steady tones would have them, in one pass: each peak of a frame's magnitudes is a tone, whose phase goes on from the frame
 * before by 2π · frequency · hop. The bins about it, from valley to valley, go with it. Beauregard, Harish and Wyse (2015), Single Pass Spectrogram Inversion.
 *
 * @param size samples of a frame
 * @param hop samples from one frame to the next
 */
record SteadyPhases(int size, int hop) {
    /**
     * The phases of spectra.
     *
     * @param magnitudes [B, F, T]
     * @param rng the phases that the first frames go on from
     * @return radians, [B, F, T]
     */
    Tensor of(Tensor magnitudes, Rng rng) {
        long batch = magnitudes.size(0);
        long bins = magnitudes.size(1);
        HostArray frames = magnitudes.transpose(1, 2).toHost(); // [B, T, F]
        float[] values = frames.toFloats();
        float[] before = rng.uniform(Shape.of(batch, bins)).times(2 * Math.PI).toFloats();
        for (int each = 0; each < batch; each++) {
            float[] phases = Arrays.copyOfRange(before, (int) (each * bins), (int) ((each + 1) * bins));
            replace(values, each * values.length / (int) batch, (each + 1) * values.length / (int) batch, phases);
        }
        return Tensor.of(HostArray.of(values, frames.shape().sizes()), magnitudes.device())
                .transpose(1, 2);
    }

    /** Puts phases in the place of the magnitudes of an example's frames. */
    private void replace(float[] values, int from, int end, float[] phases) {
        for (int frame = from; frame < end; frame += phases.length) {
            float[] magnitudes = Arrays.copyOfRange(values, frame, frame + phases.length);
            advance(magnitudes, phases);
            System.arraycopy(phases, 0, values, frame, phases.length);
        }
    }

    /** Moves phases on to a frame, peak by peak; between the peaks they stay. */
    private void advance(float[] magnitudes, float[] phases) {
        for (int at = 1; at < phases.length - 1; at++) {
            if (magnitudes[at] > magnitudes[at - 1] && magnitudes[at] >= magnitudes[at + 1]) {
                follow(magnitudes, at, phases);
            }
        }
    }

    /** The bins of a peak, from one valley to the next, get the phase of its tone. */
    private void follow(float[] magnitudes, int peak, float[] phases) {
        double phase = phases[peak] + 2 * Math.PI * hop * (peak + offset(magnitudes, peak)) / size;
        phase -= 2 * Math.PI * Math.rint(phase / (2 * Math.PI));
        int low = peak;
        while (low > 0 && magnitudes[low - 1] < magnitudes[low]) {
            low--;
        }
        int high = peak;
        while (high < phases.length - 1 && magnitudes[high + 1] < magnitudes[high]) {
            high++;
        }
        for (int bin = low; bin <= high; bin++) {
            // of one tone, neighbouring bins of Hann's window have opposite phases
            phases[bin] = (float) (phase + ((bin - peak) % 2 == 0 ? 0 : Math.PI));
        }
    }

    /** Where the top of the parabola through a peak and its neighbours lies beside the peak, −½ … ½ bins. */
    private static double offset(float[] magnitudes, int peak) {
        double left = magnitudes[peak - 1];
        double right = magnitudes[peak + 1];
        double curvature = left - 2.0 * magnitudes[peak] + right;
        return curvature == 0 ? 0 : 0.5 * (left - right) / curvature;
    }
}
