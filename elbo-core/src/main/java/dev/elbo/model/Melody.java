package dev.elbo.model;

import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * How high each state of a text is said, in steps of a quarter tone from 55 Hz on; 0 where it is voiceless. The pitch of a state is the mean
 * of its voiced frames, where these are half of them or more: Łańcucki (2021), FastPitch, section 2.1, of states in the place of letters.
 *
 * @param look from whether a frame is voiced, and how high, [H, 2]
 */
public record Melody(Linear look) implements Module {
    /** Steps, with the voiceless one: up to 830 Hz, from where a voice can still be raised by some. */
    public static final int STEPS = 96;

    /** Steps of a semitone. */
    public static final int OF_A_SEMITONE = 2;

    private static final double LOWEST_HZ = 55;
    private static final double OF_AN_OCTAVE = 12.0 * OF_A_SEMITONE;

    /** With initial weights. */
    public static Melody of(long width, Initializer initial) {
        return new Melody(Linear.of(2, width, initial));
    }

    /** The step that is nearest to a frequency. */
    static long step(double hertz) {
        long step = 1 + Math.round(OF_AN_OCTAVE * Math.log(hertz / LOWEST_HZ) / Math.log(2));
        return Math.max(1, Math.min(STEPS - 1, step));
    }

    /**
     * The steps of states, INT64 [B, L].
     *
     * @param hertz of frames, 0 where nothing voiced is heard, FLOAT32 [B, T, 1]
     * @param durations frames of each state, INT64 [B, L]
     */
    static HostArray steps(HostArray hertz, HostArray durations) {
        float[] heard = hertz.toFloats();
        long[] each = durations.toLongs();
        int most = (int) durations.shape().size(1);
        int width = (int) hertz.shape().size(1);
        long[] steps = new long[each.length];
        for (int i = 0; i < each.length; i++) {
            int row = i / most;
            int from = row * width;
            for (int before = row * most; before < i; before++) {
                from += (int) each[before];
            }
            steps[i] = mean(heard, from, Math.min(from + (int) each[i], (row + 1) * width));
        }
        return HostArray.of(steps, durations.shape().sizes());
    }

    private static long mean(float[] hertz, int from, int to) {
        double sum = 0;
        int voiced = 0;
        for (int t = from; t < to; t++) {
            if (hertz[t] > 0) {
                sum += Math.log(hertz[t]);
                voiced++;
            }
        }
        return voiced == 0 || 2 * voiced < to - from ? 0 : step(Math.exp(sum / voiced));
    }

    /** Steps so many higher, but for what is voiceless, and within those that there are. */
    public static long raised(long step, long by) {
        return step == 0 ? 0 : Math.max(1, Math.min(STEPS - 1, step + by));
    }

    /**
     * What the decoder is told of each frame, [..., N, T, H], 0 at padding.
     *
     * @param steps of states, INT64 [..., N, L]
     * @param durations of the same, INT64 [..., N, L]
     * @param frames T
     */
    Tensor along(HostArray steps, HostArray durations, long frames, Device device, Pass pass) {
        Shape rows = durations.shape().dropLast(1);
        int most = (int) durations.shape().size(-1);
        int width = Math.toIntExact(frames);
        long[] each = durations.toLongs();
        long[] high = steps.toLongs();
        float[] told = new float[Math.toIntExact(rows.elements() * width * 2)];
        for (int row = 0; row < rows.elements(); row++) {
            int t = row * width;
            for (int l = row * most; l < (row + 1) * most; l++) {
                for (int end = t + (int) each[l]; t < end; t++) {
                    told[2 * t] = high[l] == 0 ? 0 : 1;
                    told[2 * t + 1] = high[l] == 0 ? 0 : height(high[l]);
                }
            }
        }
        return look.forward(Tensor.of(HostArray.of(told, told.length), device).reshape(rows.append(width, 2)), pass);
    }

    /** Octaves above the middle of the steps. */
    private static float height(long step) {
        return (float) ((step - STEPS / 2.0) / OF_AN_OCTAVE);
    }
}
