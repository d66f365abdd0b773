package dev.elbo.handbook.toy;

import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.Split;
import dev.elbo.tensor.HostArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Black and white pictures of a hand that points somewhere from the middle, as on a clock. What differs between them is one
 * number, the angle, and it runs in a circle.
 */
public final class Pointers {
    /** Pixels of a side. */
    public static final int SIDE = 14;

    private static final double LENGTH = 6;
    private static final double HALF_WIDTH = 1.1;

    private Pointers() {}

    /** {@code count} pictures at equal angles, which are also those that models are tested on; the label is the eighth of the circle. */
    public static DataSource of(int count) {
        float[] pixels = new float[count * SIDE * SIDE];
        long[] labels = new long[count];
        for (int i = 0; i < count; i++) {
            draw(angle(i, count), pixels, i * SIDE * SIDE);
            labels[i] = 8L * i / count;
        }
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put("image", new Field.Image(1, SIDE, SIDE));
        fields.put("label", new Field.Category(List.of("0", "1", "2", "3", "4", "5", "6", "7")));
        Split split = new Split(
                Map.of("image", HostArray.of(pixels, count, 1, SIDE, SIDE), "label", HostArray.of(labels, count)));
        return new DataSource(new DataSpec("pointers", fields, ""), split, Optional.of(split));
    }

    /** The angle of the i-th of {@code count} pictures. */
    public static double angle(int i, int count) {
        return 2 * Math.PI * i / count;
    }

    private static void draw(double angle, float[] pixels, int from) {
        double middle = (SIDE - 1) / 2.0;
        for (int i = 0; i < SIDE * SIDE; i++) {
            double x = i % SIDE - middle;
            int row = i / SIDE;
            double y = middle - row;
            double along = x * Math.cos(angle) + y * Math.sin(angle);
            double aside = Math.abs(x * Math.sin(angle) - y * Math.cos(angle));
            pixels[from + i] = along > -1 && along < LENGTH && aside < HALF_WIDTH ? 1 : 0;
        }
    }
}
