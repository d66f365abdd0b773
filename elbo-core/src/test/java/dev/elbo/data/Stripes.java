package dev.elbo.data;

import dev.elbo.tensor.HostArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pictures of stripes that lie, stand or lean, which is their label: data that a small model learns something of. */
public final class Stripes {
    private static final List<String> CLASSES = List.of("lying", "standing", "leaning");
    private static final int PERIOD = 4;
    private static final int[] GREYS = {5, 10, 240, 40};

    private Stripes() {}

    /** {@code count} pictures to learn from, and half as many to judge by. */
    public static DataSource of(int channels, int height, int width, int count) {
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put("image", new Field.Image(channels, height, width));
        fields.put("label", new Field.Category(CLASSES));
        DataSpec spec = new DataSpec("stripes", fields, "");
        return new DataSource(spec, split(spec, 0, count), Optional.of(split(spec, count, (count + 1) / 2)));
    }

    private static Split split(DataSpec spec, int from, int count) {
        Field.Image image = (Field.Image) spec.field("image");
        byte[] pixels = new byte[Math.toIntExact(image.shape().elements() * count)];
        long[] labels = new long[count];
        for (int n = 0; n < count; n++) {
            labels[n] = (long) (from + n) % CLASSES.size();
            draw(pixels, n * (int) image.shape().elements(), image, (int) labels[n], (from + n) / CLASSES.size());
        }
        Map<String, HostArray> fields = new LinkedHashMap<>();
        fields.put("image", HostArray.of(pixels, count, image.channels(), image.height(), image.width()));
        fields.put("label", HostArray.of(labels, count));
        return new Split(fields);
    }

    private static void draw(byte[] pixels, int offset, Field.Image image, int label, int phase) {
        for (int i = 0; i < image.shape().elements(); i++) {
            int column = i % image.width();
            int row = i / image.width() % image.height();
            int along = label == 0 ? row : label == 1 ? column : row + column;
            pixels[offset + i] = (byte) GREYS[(along + phase) % PERIOD];
        }
    }
}
