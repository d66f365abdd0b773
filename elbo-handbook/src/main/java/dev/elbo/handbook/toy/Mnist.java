package dev.elbo.handbook.toy;

import dev.elbo.data.DataCache;
import dev.elbo.data.DataCatalog;
import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.Reading;
import dev.elbo.data.Split;
import dev.elbo.handbook.Effort;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Images of digits, 28 × 28, with their labels: MNIST, or digits of seven bars that need no data. */
public final class Mnist {
    /** Pixels of a side. */
    public static final int SIDE = 28;

    private static final int HELD_OUT = 2000;
    private static final int FEW = 128;

    /** Which bars are lit, by digit: top, upper left, upper right, middle, lower left, lower right, bottom. */
    private static final int[] BARS = {
        0b1110111, 0b0010010, 0b1011101, 0b1011011, 0b0111010, 0b1101011, 0b1101111, 0b1010010, 0b1111111, 0b1111011
    };

    /** Left, top, width and height of each bar. */
    private static final int[][] PLACES = {
        {9, 4, 10, 3}, {8, 5, 3, 9}, {17, 5, 3, 9}, {9, 12, 10, 3}, {8, 13, 3, 9}, {17, 13, 3, 9}, {9, 20, 10, 3}
    };

    private Mnist() {}

    /** MNIST, of whose test images the first 2,000 are held out; or a few digits of bars. */
    public static DataSource of(Effort effort) {
        return effort == Effort.FULL ? mnist() : bars();
    }

    private static DataSource mnist() {
        try {
            DataCache cache = DataCache.of(System.getenv(), event -> {});
            DataSource all = DataCatalog.standard().open("mnist", cache, Reading.standard());
            Optional<Split> test = all.test().map(split -> split.slice(0, HELD_OUT));
            return new DataSource(all.spec(), all.train(), test);
        } catch (IOException e) {
            throw new UncheckedIOException("MNIST could not be had: " + e.getMessage(), e);
        }
    }

    private static DataSource bars() {
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put("image", new Field.Image(1, SIDE, SIDE));
        fields.put(
                "label",
                new Field.Category(
                        IntStream.range(0, 10).mapToObj(Integer::toString).toList()));
        Split few = few(new Random(1));
        return new DataSource(new DataSpec("digits of bars", fields, ""), few, Optional.of(few));
    }

    private static Split few(Random random) {
        byte[] pixels = new byte[FEW * SIDE * SIDE];
        long[] labels = new long[FEW];
        for (int i = 0; i < FEW; i++) {
            labels[i] = i % BARS.length;
            draw(pixels, i, random.nextInt(7) - 3, random.nextInt(7) - 3);
        }
        return new Split(Map.of("image", HostArray.of(pixels, FEW, 1, SIDE, SIDE), "label", HostArray.of(labels, FEW)));
    }

    private static void draw(byte[] pixels, int image, int right, int down) {
        for (int bar = 0; bar < PLACES.length; bar++) {
            int[] place = PLACES[bar];
            if (((BARS[image % BARS.length] >> (PLACES.length - 1 - bar)) & 1) == 1) {
                for (int y = place[1] + down; y < place[1] + place[3] + down; y++) {
                    for (int x = place[0] + right; x < place[0] + place[2] + right; x++) {
                        pixels[(image * SIDE + y) * SIDE + x] = (byte) 200;
                    }
                }
            }
        }
    }

    /** The first image of each of some labels, [N, 1, 28, 28]. */
    public static Split firstOf(Split split, List<Integer> labels) {
        long[] known = split.field("label").toHost().toLongs();
        return split.select(labels.stream()
                .mapToLong(label -> IntStream.range(0, known.length)
                        .filter(i -> known[i] == label)
                        .findFirst()
                        .orElseThrow())
                .toArray());
    }

    /** The images of a split as they are stored, [N, 1, 28, 28]. */
    public static HostArray images(Split split) {
        return split.field("image").toHost();
    }

    /** The images of a split in 0 … 1, FLOAT32 [N, 1, 28, 28]. */
    public static HostArray brightness(Split split) {
        float[] values = images(split).toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] /= 255;
        }
        return HostArray.of(values, images(split).shape().sizes());
    }
}
