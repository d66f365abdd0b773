package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to choose tokens, on a writer whose next token depends on the last one alone, by a table of probabilities. */
class WritingTest {
    private static final int BEGIN = 1;
    private static final int END = 2;

    /** Rows: the last token. Columns: padding, begin, end, a, b, c. After a greedy choice of a, all is unlikely. */
    private static final double[][] TABLE = {
        {0, 0, 1, 0, 0, 0},
        {0, 0, 0, 0.5, 0.4, 0.1},
        {0, 0, 1, 0, 0, 0},
        {0, 0, 0.2, 0.3, 0.25, 0.25},
        {0, 0, 0.9, 0.05, 0.03, 0.02},
        {0, 0, 0.4, 0.2, 0.2, 0.2}
    };

    private final Scope scope = Scope.open("test");

    @AfterEach
    void close() {
        scope.close();
    }

    private record Bigrams(Tensor logits, int rows) implements Writer {
        static Bigrams of(int rows) {
            float[] flat = new float[36];
            for (int i = 0; i < 36; i++) {
                flat[i] = (float) Math.log(TABLE[i / 6][i % 6]);
            }
            return new Bigrams(Tensor.of(flat, 6, 6), rows);
        }

        @Override
        public Memory begin() {
            return Memory.of(Tensor.zeros(Device.CPU, rows, 1));
        }

        @Override
        public Next next(Memory memory, Tensor tokens, int place) {
            return new Next(
                    logits.select(0, tokens), Memory.of(memory.parts().get(0).plus(1)));
        }
    }

    private static long[][] written(Writing how, int rows, int longest, long seed) {
        Tensor tokens =
                how.write(Bigrams.of(rows), rows, BEGIN, END, longest, Device.CPU, Rng.seeded(seed, Device.CPU));
        long[] flat = tokens.toHost().toLongs();
        long[][] sequences = new long[rows][];
        Arrays.setAll(sequences, i -> Arrays.copyOfRange(flat, i * longest, (i + 1) * longest));
        return sequences;
    }

    @Test
    void greedyTakesTheLikeliestTokenEachTimeAndFillsBehindTheEnd() {
        assertThat(written(new Writing(0, 0, 1, 1, 2), 1, 4, 1)[0]).containsExactly(3, 3, 4, 2);
        assertThat(written(Writing.greedy(), 2, 3, 1)).isDeepEqualTo(new long[][] {{3, 3, 3}, {3, 3, 3}});
    }

    @Test
    void aBeamFindsTheLikeliestSequence() {
        // b then the end: 0.4 · 0.9 = 0.36; greedy begins with a, of which no sequence is likelier than 0.5 · 0.25 ·
        // 0.9
        assertThat(written(Writing.beam(3), 2, 5, 1)).isDeepEqualTo(new long[][] {{4, 2, 0, 0, 0}, {4, 2, 0, 0, 0}});
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10})
    void aBeamAsWideAsAllBeginningsIsAsGoodAsGoingThroughAllSequences(int longest) {
        assertThat(written(Writing.beam(36), 1, longest, 1)[0]).startsWith(4, 2);
    }

    /** Of b and the end: ln 0.36 / 2² = −0.255; of a, b and the end: ln (0.5 · 0.25 · 0.9) / 3² = −0.243. By log p / T the first wins. */
    @Test
    void aLengthPenaltyPrefersLongerSequences() {
        assertThat(written(Writing.beam(36).penalised(1), 1, 3, 1)[0]).containsExactly(4, 2, 0);
        assertThat(written(Writing.beam(36).penalised(2), 2, 3, 1)).isDeepEqualTo(new long[][] {{3, 4, 2}, {3, 4, 2}});
    }

    @Test
    void drawsTokensAsOftenAsTheyAreLikely() {
        long[][] sequences = written(Writing.sampled(1), 20_000, 1, 7);

        // three standard deviations of a share of 20,000 are at most 0.011
        assertThat(share(sequences, 3)).isBetween(0.489, 0.511);
        assertThat(share(sequences, 4)).isBetween(0.389, 0.411);
    }

    @Test
    void drawsFromPowersOfTheProbabilitiesAtATemperature() {
        long[][] sequences = written(Writing.sampled(0.5), 20_000, 1, 7);

        assertThat(share(sequences, 3)).isBetween(0.25 / 0.42 - 0.011, 0.25 / 0.42 + 0.011);
    }

    @Test
    void drawsAmongTheLikeliestAlone() {
        assertThat(seen(written(new Writing(1, 2, 1, 1, 0), 1000, 1, 7))).containsExactlyInAnyOrder(3L, 4L);
        assertThat(seen(written(new Writing(1, 1, 1, 1, 0), 1000, 1, 7))).containsExactly(3L);
        assertThat(seen(written(new Writing(1, 0, 0.45, 1, 0), 1000, 1, 7))).containsExactly(3L);
        assertThat(seen(written(new Writing(1, 0, 0.85, 1, 0), 1000, 1, 7))).containsExactlyInAnyOrder(3L, 4L);
        assertThat(seen(written(new Writing(1, 0, 0.95, 1, 0), 1000, 1, 7))).containsExactlyInAnyOrder(3L, 4L, 5L);
    }

    @Test
    void writesNoRunOfTokensTwice() {
        for (long[] sequence : written(new Writing(1, 0, 1, 1, 2), 200, 12, 3)) {
            Set<String> pairs = new HashSet<>();
            for (int t = 0; t + 1 < sequence.length && sequence[t + 1] != 0; t++) {
                assertThat(pairs.add(sequence[t] + " " + sequence[t + 1])).isTrue();
            }
        }
    }

    @Test
    void theSameSeedWritesTheSame() {
        assertThat(written(Writing.sampled(1), 50, 8, 3)).isDeepEqualTo(written(Writing.sampled(1), 50, 8, 3));
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatThrownBy(() -> new Writing(-1, 0, 1, 1, 0)).hasMessageContaining("temperature");
        assertThatThrownBy(() -> new Writing(1, 0, 0, 1, 0)).hasMessageContaining("nucleus");
        assertThatThrownBy(() -> new Writing(1, 0, 1, 0, 0)).hasMessageContaining("beam");
        assertThatThrownBy(() -> new Writing(1, -1, 1, 1, 0)).hasMessageContaining("top");
        assertThatThrownBy(() -> Writing.beam(2).penalised(-1)).hasMessageContaining("length penalty");
    }

    private static double share(long[][] sequences, long token) {
        return Arrays.stream(sequences).filter(sequence -> sequence[0] == token).count() / (double) sequences.length;
    }

    private static Set<Long> seen(long[][] sequences) {
        Set<Long> seen = new HashSet<>();
        Arrays.stream(sequences).forEach(sequence -> seen.add(sequence[0]));
        return seen;
    }
}
