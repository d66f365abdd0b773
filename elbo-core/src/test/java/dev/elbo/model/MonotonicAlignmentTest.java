package dev.elbo.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.HostArray;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonotonicAlignmentTest {
    private static final int STATES = 4;
    private static final int FRAMES = 7;

    private static float[] scores(int examples) {
        Random random = new Random(5);
        float[] scores = new float[examples * STATES * FRAMES];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) random.nextGaussian();
        }
        return scores;
    }

    private static long[] durations(float[] scores, long[] states, long[] frames) {
        return MonotonicAlignment.durations(HostArray.of(scores, states.length, STATES, FRAMES), states, frames)
                .toLongs();
    }

    private static double score(float[] scores, int example, long[] durations) {
        double sum = 0;
        int t = 0;
        for (int l = 0; l < STATES; l++) {
            for (long d = 0; d < durations[l]; d++) {
                sum += scores[(example * STATES + l) * FRAMES + t++];
            }
        }
        return sum;
    }

    /** The best of all ways to cut so many frames into so many pieces. */
    private static double best(float[] scores, int example, int states, int frames, int from, long[] durations) {
        if (from == states - 1) {
            durations[from] = frames;
            return score(scores, example, durations);
        }
        double best = Double.NEGATIVE_INFINITY;
        for (int d = 1; d <= frames - (states - 1 - from); d++) {
            durations[from] = d;
            best = Math.max(best, best(scores, example, states, frames - d, from + 1, durations.clone()));
        }
        return best;
    }

    @ParameterizedTest
    @CsvSource({"4, 7", "3, 7", "4, 4", "1, 5", "2, 2"})
    void noOtherWayIsLikelier(int states, int frames) {
        int examples = 20;
        float[] scores = scores(examples);
        long[] all = durations(scores, filled(examples, states), filled(examples, frames));
        for (int b = 0; b < examples; b++) {
            long[] each = Arrays.copyOfRange(all, b * STATES, (b + 1) * STATES);
            assertThat(Arrays.stream(each).sum()).isEqualTo(frames);
            assertThat(Arrays.stream(each, 0, states)).allMatch(d -> d > 0);
            double best = best(scores, b, states, frames, 0, new long[STATES]);
            assertThat((float) score(scores, b, each)).isEqualTo((float) best);
        }
    }

    private static long[] filled(int count, long value) {
        long[] filled = new long[count];
        Arrays.fill(filled, value);
        return filled;
    }

    @Test
    void fewerFramesThanStatesAreSpreadEvenly() {
        assertThat(durations(scores(2), new long[] {4, 4}, new long[] {2, 3})).containsExactly(0, 1, 0, 1, 0, 1, 1, 1);
    }

    @Test
    void examplesOfOneBatchDoNotTouch() {
        float[] scores = scores(2);
        long[] together = durations(scores, new long[] {4, 3}, new long[] {7, 5});
        float[] second = Arrays.copyOfRange(scores, STATES * FRAMES, 2 * STATES * FRAMES);
        assertThat(Arrays.copyOfRange(together, STATES, 2 * STATES))
                .containsExactly(durations(second, new long[] {3}, new long[] {5}));
    }
}
