package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("numeric")
@ExtendWith(InAScope.class)
class RngTest {
    private static final int N = 100_000;
    private static final Shape MANY = Shape.of(N);

    private static Rng seeded(long seed) {
        return Rng.seeded(seed, Device.CPU);
    }

    @Test
    void theSameSeedGivesTheSameNoise() {
        Rng a = seeded(7);
        Rng b = seeded(7);
        for (long size : new long[] {1, 15, 16, 17, 1000}) {
            assertThat(a.normal(Shape.of(size)).toFloats())
                    .containsExactly(b.normal(Shape.of(size)).toFloats());
            assertThat(a.uniform(Shape.of(size)).toFloats())
                    .containsExactly(b.uniform(Shape.of(size)).toFloats());
        }
    }

    @Test
    void anotherGeneratorInBetweenChangesNothing() {
        Rng a = seeded(7);
        Rng b = seeded(7);
        a.normal(MANY);
        b.normal(MANY);
        seeded(8).normal(MANY);
        assertThat(a.normal(Shape.of(9)).toFloats())
                .containsExactly(b.normal(Shape.of(9)).toFloats());
    }

    @Test
    void aStreamGoesOnAndOtherSeedsAreOtherStreams() {
        Rng rng = seeded(7);
        float[] first = rng.normal(Shape.of(100)).toFloats();
        assertThat(rng.normal(Shape.of(100)).toFloats()).isNotEqualTo(first);
        assertThat(seeded(8).normal(Shape.of(100)).toFloats()).isNotEqualTo(first);
        assertThat(seeded(7L + (1L << 32)).normal(Shape.of(100)).toFloats()).isNotEqualTo(first);
    }

    @Test
    void normalNoiseHasTheMomentsOfAStandardNormal() {
        Tensor noise = seeded(1).normal(MANY);
        double error = 1 / Math.sqrt(N);
        assertThat(noise.mean().item()).isCloseTo(0, within(4 * error)); // 4 standard errors, as below
        assertThat(noise.square().mean().item()).isCloseTo(1, within(4 * error * Math.sqrt(2)));
        assertThat(noise.square().square().mean().item()).isCloseTo(3, within(4 * error * Math.sqrt(96)));
    }

    @Test
    void uniformNoiseFillsTheUnitInterval() {
        Tensor noise = seeded(1).uniform(MANY);
        assertThat(noise.min().item()).isBetween(0.0, 1e-3);
        assertThat(noise.max().item()).isGreaterThan(1 - 1e-3).isLessThan(1);
        double error = 1 / Math.sqrt(12.0 * N);
        assertThat(noise.mean().item()).isCloseTo(0.5, within(4 * error)); // 4 standard errors
    }

    @Test
    void seedsOfPartsDoNotCollide() {
        Set<Long> seeds = new HashSet<>();
        for (long seed = 0; seed < 300; seed++) {
            for (long part = 0; part < 300; part++) {
                seeds.add(Rng.seedOf(seed, part));
            }
        }
        assertThat(seeds).hasSize(300 * 300);
    }

    /** Of standard normals. */
    static double correlation(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum / a.length;
    }
}
