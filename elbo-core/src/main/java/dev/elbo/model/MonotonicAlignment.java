package dev.elbo.model;

import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Parallel;
import java.util.Arrays;

/**
 * Which frames belong to which state of a text, where both go forward only: of all ways to cut T frames into L pieces, one for each
 * state in order, the likeliest. Kim et al. (2020), Glow-TTS, algorithm 1: with s the scores,
 *
 * <p>Q(l, t) = max(Q(l − 1, t − 1), Q(l, t − 1)) + s(l, t), from Q(0, 0) = s(0, 0) to Q(L − 1, T − 1), and back the way it came.
 *
 * <p>Examples are shared out to threads. A sequence with fewer frames than states has none for some, spread evenly.
 */
final class MonotonicAlignment {
    private static final float NEVER = Float.NEGATIVE_INFINITY;

    private MonotonicAlignment() {}

    /**
     * How many frames each state has.
     *
     * @param scores log-likelihood of a frame given a state, FLOAT32 [B, L, T]
     * @param states how many states each example has, [B]
     * @param frames how many frames each example has, [B]
     * @return INT64 [B, L]; 0 behind an example's states
     */
    static HostArray durations(HostArray scores, long[] states, long[] frames) {
        int most = (int) scores.shape().size(1);
        int longest = (int) scores.shape().size(2);
        float[] all = scores.toFloats();
        long[] durations = new long[states.length * most];
        Parallel.run(
                states.length,
                b -> align(all, b * most * longest, longest, (int) states[b], (int) frames[b], durations, b * most));
        return HostArray.of(durations, states.length, most);
    }

    private static void align(float[] scores, int from, int row, int states, int frames, long[] durations, int to) {
        if (states > frames) {
            for (int l = 0; l < states; l++) {
                durations[to + l] = (long) (l + 1) * frames / states - (long) l * frames / states;
            }
            return;
        }
        boolean[] stayed = stays(scores, from, row, states, frames);
        int state = states - 1;
        for (int t = frames - 1; t >= 0; t--) {
            durations[to + state]++;
            if (!stayed[t * states + state]) {
                state--;
            }
        }
    }

    /** Whether the best way to a state at a frame was there at the frame before, [frames, states]. */
    private static boolean[] stays(float[] scores, int from, int row, int states, int frames) {
        boolean[] stayed = new boolean[frames * states];
        float[] best = new float[states];
        Arrays.fill(best, NEVER);
        best[0] = scores[from];
        stayed[0] = true;
        for (int t = 1; t < frames; t++) {
            for (int l = Math.min(t, states - 1);
                    l >= 0;
                    l--) { // downwards, so that the value below is that of the frame before
                boolean stay = l == 0 || best[l] >= best[l - 1];
                stayed[t * states + l] = stay;
                best[l] = (stay ? best[l] : best[l - 1]) + scores[from + l * row + t];
            }
        }
        return stayed;
    }
}
