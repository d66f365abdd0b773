package dev.elbo.bench.speech;

import dev.elbo.tensor.HostArray;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Log-mel frames in which nobody speaks: each pause has one level, between digital silence and the quiet of a recording.
 *
 * @param least the least number of each band in all recordings, [M]
 * @param quiet what a twentieth of each band's numbers is below, [M]
 * @param longest frames of the longest pause
 */
@SuppressWarnings("ArrayRecordComponent") // a number for each band, which nobody compares
record Pauses(float[] least, float[] quiet, int longest) {
    private static final double QUIET = 0.05;
    private static final double WITHOUT = 0.3; // of all pauses are none: words run into each other

    /** As quiet as these. */
    static Pauses of(List<Utterance> clips, int longest) {
        int bands = clips.get(0).bands();
        int frames = clips.stream().mapToInt(Utterance::length).sum();
        float[][] byBand = new float[bands][frames];
        int row = 0;
        for (Utterance clip : clips) {
            float[] values = clip.frames().toFloats();
            for (int i = 0; i < values.length; i++) {
                byBand[i % bands][row + i / bands] = values[i];
            }
            row += clip.length();
        }
        float[] least = new float[bands];
        float[] quiet = new float[bands];
        for (int m = 0; m < bands; m++) {
            Arrays.sort(byBand[m]);
            least[m] = byBand[m][0];
            quiet[m] = byBand[m][(int) (QUIET * (frames - 1))];
        }
        return new Pauses(least, quiet, longest);
    }

    /** A pause, FLOAT32 [T, M]; it may have no frame. */
    HostArray draw(SplittableRandom random) {
        int frames = random.nextDouble() < WITHOUT ? 0 : random.nextInt(longest + 1);
        double level = random.nextDouble();
        float[] values = new float[frames * least.length];
        for (int i = 0; i < values.length; i++) {
            int m = i % least.length;
            values[i] = (float) (least[m] + level * (quiet[m] - least[m]));
        }
        return HostArray.of(values, frames, least.length);
    }
}
