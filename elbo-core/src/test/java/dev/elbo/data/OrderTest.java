package dev.elbo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.elbo.tensor.HostArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 1000, 5000})
    void seesEveryExampleOnceInEachEpochAndInAnotherOrder(int block) {
        Shuffled order = new Shuffled(1, 1003, 10, block);

        for (long epoch = 0; epoch < 3; epoch++) {
            assertThat(Arrays.stream(order.rows(epoch)).sorted().toArray())
                    .isEqualTo(LongStream.range(0, 1003).toArray());
            assertThat(order.rows(epoch)).isEqualTo(order.rows(epoch));
        }
        assertThat(order.rows(0)).isNotEqualTo(order.rows(1));
        assertThat(order.batches()).isEqualTo(100);
    }

    @Test
    void blocksStayInTheirWindowAndAreMixedInIt() {
        Shuffled order = new Shuffled(1, 100_000, 100, 10);
        long[] permutation = order.rows(0);

        for (int from = 0; from < 100_000; from += (int) order.window()) {
            long[] window = Arrays.copyOfRange(permutation, from, Math.min(100_000, from + (int) order.window()));
            assertThat(Arrays.stream(window).map(row -> row / 10).distinct().count())
                    .isEqualTo(window.length / 10);
            long neighbours = LongStream.range(1, window.length)
                    .filter(i -> window[(int) i] / 10 == window[(int) i - 1] / 10)
                    .count();
            assertThat(neighbours).isLessThan(window.length / 10);
        }
    }

    @Test
    void thereIsNoBlockOfNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Shuffled(1, 10, 2, 0))
                .withMessage("10 examples in batches of 2 and blocks of 0: all must be positive");
    }

    @Test
    void bucketsHoldSequencesOfAboutOneLengthAndEachOfThemOnce() {
        SplittableRandom random = new SplittableRandom(1);
        long[] lengths = random.longs(5003, 1, 31).toArray();
        Bucketed order = new Bucketed(new Shuffled(1, lengths.length, 10), lengths);
        long[] rows = order.rows(3);

        assertThat(rows).hasSize(5000).doesNotHaveDuplicates().isEqualTo(order.rows(3));
        assertThat(order.rows(4)).isNotEqualTo(rows);
        double padding = padding(rows, lengths, 10);
        assertThat(padding)
                .isLessThan(0.05); // 500 examples of 30 lengths lie in 50 batches: most have one length or two
        assertThat(padding(new Shuffled(1, lengths.length, 10).rows(3), lengths, 10))
                .isGreaterThan(0.3);
    }

    /** Which part of all batches is padding. */
    private static double padding(long[] rows, long[] lengths, int batch) {
        double wide = 0;
        double used = 0;
        for (int from = 0; from + batch <= rows.length; from += batch) {
            long[] of = Arrays.stream(rows, from, from + batch)
                    .map(row -> lengths[(int) row])
                    .toArray();
            wide += (double) batch * LongStream.of(of).max().orElseThrow();
            used += LongStream.of(of).sum();
        }
        return 1 - used / wide;
    }

    @Test
    void longAndShortBatchesFollowEachOtherByChance() {
        long[] lengths = LongStream.range(0, 1000).toArray();
        long[] rows = new Bucketed(new Shuffled(1, 1000, 10), lengths).rows(0);
        long rising = IntStream.range(1, 100)
                .filter(i -> lengths[(int) rows[10 * i]] > lengths[(int) rows[10 * i - 10]])
                .count();

        assertThat(rising).isBetween(30L, 70L); // about half of 99, 4 standard deviations of 5 at most
    }

    @Test
    void everyBatchHasItsShareOfTheExamplesThatAreFew() {
        long[] few = {3, 50, 77};
        long[] many = LongStream.range(0, 100)
                .filter(row -> row != 3 && row != 50 && row != 77)
                .toArray();
        Mixed order = new Mixed(1, few, many, 2, 8);
        List<Long> seen = new ArrayList<>();

        assertThat(order.batches()).isEqualTo(12);
        for (long epoch = 0; epoch < 3; epoch++) {
            long[] rows = order.rows(epoch);
            assertThat(rows).hasSize(120).isEqualTo(order.rows(epoch));
            for (int from = 0; from < 120; from += 5) { // half a batch has half the share
                seen.add(rows[from + 4]);
            }
        }
        assertThat(seen).containsOnly(3L, 50L, 77L);
        for (int from = 0; from < seen.size(); from += 3) { // each of them once before any is seen again
            assertThat(seen.subList(from, from + 3)).containsExactlyInAnyOrder(3L, 50L, 77L);
        }
    }

    @Test
    void manyAreSeenOnceInAnEpoch() {
        Mixed order = new Mixed(1, new long[] {0, 1}, LongStream.range(2, 42).toArray(), 1, 4);
        long[] rows = order.rows(5);

        assertThat(Arrays.stream(rows).filter(row -> row >= 2).sorted())
                .containsExactlyElementsOf(LongStream.range(2, 42).boxed().toList());
    }

    @Test
    void splitSaysWhichOrderItNeeds() {
        HostArray values = HostArray.of(new long[6 * 2], 6, 2);
        HostArray lengths = HostArray.of(new long[] {1, 2, 1, 2, 1, 2}, 6);
        HostArray present = HostArray.of(new byte[] {0, 0, 0, 1, 0, 1}, 6);
        Split even = new Split(Map.of("x", values));
        Split partly = new Split(Map.of("x", values), Map.of(), Map.of("x", present));

        assertThat(Order.of(even, 7, 2, 1)).isEqualTo(new Shuffled(7, 6, 2));
        assertThat(Order.of(new Split(Map.of("x", values), Map.of("x", lengths), Map.of()), 7, 2, 1))
                .isInstanceOf(Bucketed.class);
        assertThat(Order.mixed(even, "x", 0.5, 7, 2)).isEqualTo(new Shuffled(7, 6, 2));
        Order mixed = Order.mixed(partly, "x", 0.1, 7, 4);
        assertThat(mixed.rows(0)).hasSize((int) (mixed.batches() * 4));
        assertThat(Arrays.stream(mixed.rows(0), 0, 4).filter(row -> row == 3 || row == 5))
                .hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Order.mixed(partly, "x", 1, 7, 4))
                .withMessage("the share of examples with the field 'x' in a batch is above 0 and below 1; got 1.0");
    }

    @Test
    void shufflingIsWhatItHasAlwaysBeen() {
        assertThat(new Shuffled(3, 10, 2).rows(1)).containsExactly(2, 7, 9, 3, 5, 4, 1, 0, 6, 8);
        assertThat(new Shuffled(3, 10, 2, 3).rows(1)).containsExactly(6, 7, 0, 5, 4, 2, 3, 8, 9, 1);
    }

    @Test
    void whatFillsNoBatchIsCounted() {
        assertThat(new Shuffled(1, 152, 16).leftOut()).isEqualTo(8);
        assertThat(new Shuffled(1, 152, 16, 5).leftOut()).isEqualTo(8);
        assertThat(new Shuffled(1, 10, 128).leftOut())
                .as("a batch of all there are")
                .isZero();
        long[] lengths = new long[152];
        assertThat(new Bucketed(new Shuffled(1, 152, 16), lengths).leftOut()).isEqualTo(8);
        long[] lacking = LongStream.range(2, 45).toArray(); // 43, of which ten batches see 40; the two are seen often
        assertThat(new Mixed(1, new long[] {0, 1}, lacking, 1, 4).leftOut()).isEqualTo(3);
    }
}
