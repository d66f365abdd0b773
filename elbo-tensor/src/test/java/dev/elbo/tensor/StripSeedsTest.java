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

    /** How far two steps lie apart decides how many strips a step may have; 2³²/√5 divided by the steps is the most there is. */
    @Test
    void stepsLieAsFarApartAsTheyCan() {
        StripSeeds inOrder = new StripSeeds(0);
        long first = place(inOrder.of(0, 0));
        long steps = 5_000_000;
        long nearest = SEEDS;
        for (long step = 1; step <= steps; step++) {
            long apart = Math.floorMod(place(inOrder.of(step, 0)) - first, SEEDS);
            nearest = Math.min(nearest, Math.min(apart, SEEDS - apart));
        }
        assertThat(nearest).isGreaterThanOrEqualTo((long) (SEEDS / Math.sqrt(5) / steps));
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
        int[] some = IntStream.range(0, 1000).map(i -> new StripSeeds(7).of(i, 0)).toArray();
        int[] others = IntStream.range(0, 1000).map(i -> new StripSeeds(8).of(i, 0)).toArray();
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
