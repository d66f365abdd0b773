package dev.elbo.data;

import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Factors of variation that images are rendered from: every combination is one image, and the last factor changes fastest. Each is kept
 * as a category, whose classes are its values.
 *
 * @param values by factor, what each value is called
 */
record Factors(Map<String, List<String>> values) {
    /** One image in so many is to judge by, and another to choose by. */
    private static final int PART = 20;

    Factors {
        values = new LinkedHashMap<>(values);
    }

    /** Names of numbers, with two places. */
    static List<String> numbers(int count, IntToDoubleFunction value) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.format(Locale.ROOT, "%.2f", value.applyAsDouble(i)))
                .toList();
    }

    /** How many combinations there are. */
    long count() {
        return values.values().stream().mapToLong(List::size).reduce(1, Math::multiplyExact);
    }

    /** The value of each factor in an image, by number. */
    int[] of(long image) {
        List<List<String>> all = new ArrayList<>(values.values());
        int[] chosen = new int[all.size()];
        long rest = image;
        for (int i = chosen.length - 1; i >= 0; i--) {
            chosen[i] = (int) (rest % all.get(i).size());
            rest /= all.get(i).size();
        }
        return chosen;
    }

    /**
     * The images as data, in an order that is shuffled, always in the same way.
     *
     * @param image [C, H, W]
     */
    DataSource source(String name, String attribution, Shape image, RenderedRows.Painter painter) {
        Map<String, Field> fields = new LinkedHashMap<>();
        Map<String, RowSource> arrays = new LinkedHashMap<>();
        fields.put("image", new Field.Image((int) image.size(0), (int) image.size(1), (int) image.size(2)));
        arrays.put("image", new RenderedRows(count(), image, painter));
        int each = 0;
        for (Map.Entry<String, List<String>> factor : values.entrySet()) {
            int at = each++;
            fields.put(factor.getKey(), new Field.Category(factor.getValue()));
            arrays.put(
                    factor.getKey(),
                    HostArray.of(
                            LongStream.range(0, count()).map(i -> of(i)[at]).toArray(), count()));
        }
        Split all = new Split(arrays);
        long[] order = shuffled(Math.toIntExact(count()));
        int part = order.length / PART;
        return new DataSource(
                new DataSpec(name, fields, attribution),
                all.select(slice(order, 2 * part, order.length)),
                Optional.of(all.select(slice(order, 0, part))),
                Optional.of(all.select(slice(order, part, 2 * part))),
                List.of("the images are rendered by Elbo from their factors, as they are asked for"));
    }

    private static long[] shuffled(int count) {
        long[] order = LongStream.range(0, count).toArray();
        Random random = new Random(0);
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            long moved = order[i];
            order[i] = order[other];
            order[other] = moved;
        }
        return order;
    }

    private static long[] slice(long[] order, int from, int to) {
        return LongStream.range(from, to).map(i -> order[(int) i]).toArray();
    }
}
