package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StripSeedsTest {
    private static final long SEEDS = 1L << 32;

    @Test
    void noTwoStripsOfATrainingAreAlike() {
        StripSeeds seeds = new StripSeeds(7);
        int strips = 40;
        int[] all = IntStream.range(0, 50_000 * strips)
                .map(i -> seeds.of(i / strips, i % strips))
                .sorted()
                .toArray();
        assertThat(Arrays.stream(all).distinct().count()).isEqualTo(all.length);
    }

    /** So that a step may have 10⁹ strips divided by the number of steps. */
    @Test
    void stepsLieAsFarApartAsTheyAreSaidTo() {
        StripSeeds inOrder = new StripSeeds(0);
        long first = place(inOrder.of(0, 0));
        long least = Long.MAX_VALUE;
        for (long steps = 1; steps < 3_000_000; steps++) {
            long apart = Math.floorMod(place(inOrder.of(steps, 0)) - first, SEEDS);
            least = Math.min(least, steps * Math.min(apart, SEEDS - apart));
        }
        assertThat(least).isGreaterThan(1_000_000_000);
    }

    /** Undoes the permutation of seed 0, as whoever doubts that there is one may: 0 stays 0, and products have inverses. */
    private static long place(int seed) {
        int x = seed ^ seed >>> 16;
        x *= inverse(0xc2b2ae35);
        x = x ^ x >>> 13 ^ x >>> 26;
        return Integer.toUnsignedLong(x * inverse(0x85ebca6b));
    }

    /** Of an odd number modulo 2³², by Newton's iteration, which doubles the bits that are right: 3 at first. */
    private static int inverse(int odd) {
        int inverse = odd;
        for (int i = 0; i < 4; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    @Test
    void anotherSeedCountsThroughThemInAnotherOrder() {
        int[] some =
                IntStream.range(0, 1000).map(i -> new StripSeeds(7).of(i, 0)).toArray();
        int[] others =
                IntStream.range(0, 1000).map(i -> new StripSeeds(8).of(i, 0)).toArray();
        long shared = Arrays.stream(some)
                .filter(seed -> Arrays.stream(others).anyMatch(other -> other == seed))
                .count();
        assertThat(shared).isZero(); // a million pairs of 4 billion
        long[] highBits = IntStream.range(0, 1000)
                .mapToLong(i -> new StripSeeds(7L << 32).of(i, 0))
                .toArray();
        assertThat(highBits).doesNotContain(new StripSeeds(0).of(1, 0));
    }
}
