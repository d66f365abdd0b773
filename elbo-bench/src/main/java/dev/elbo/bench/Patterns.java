package dev.elbo.bench;

import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.Split;
import dev.elbo.tensor.HostArray;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Generated images of 28 × 28 pixels: ten patterns, each seen through noise, so that there is something to learn. */
final class Patterns {
    private static final int IMAGES = 10_000;
    private static final int SIDE = 28;

    private Patterns() {}

    static DataSource source() {
        return new DataSource(spec(), images(), Optional.empty());
    }

    static DataSpec spec() {
        List<String> digits = IntStream.range(0, 10).mapToObj(String::valueOf).toList();
        return new DataSpec(
                "generated", Map.of("image", new Field.Image(1, SIDE, SIDE), "label", new Field.Category(digits)), "");
    }

    static Split images() {
        SplittableRandom random = new SplittableRandom(1);
        boolean[][] patterns = new boolean[10][SIDE * SIDE];
        for (boolean[] pattern : patterns) {
            for (int i = 0; i < pattern.length; i++) {
                pattern[i] = random.nextInt(10) < 3;
            }
        }
        byte[] images = new byte[IMAGES * SIDE * SIDE];
        long[] labels = new long[IMAGES];
        for (int n = 0; n < IMAGES; n++) {
            labels[n] = random.nextInt(10);
            for (int i = 0; i < SIDE * SIDE; i++) {
                boolean flipped = random.nextInt(50) == 0;
                images[n * SIDE * SIDE + i] = (byte) (patterns[(int) labels[n]][i] ^ flipped ? 255 : 0);
            }
        }
        return new Split(
                Map.of("image", HostArray.of(images, IMAGES, 1, SIDE, SIDE), "label", HostArray.of(labels, IMAGES)));
    }
}
