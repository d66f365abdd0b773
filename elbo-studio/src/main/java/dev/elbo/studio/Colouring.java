package dev.elbo.studio;

import dev.elbo.data.Field;
import dev.elbo.data.Split;
import dev.elbo.run.Session;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The colours of a map's points: by the classes of a field, or by a column of numbers that is cut into tenths with as many examples each.
 *
 * @param name of the field or of the column; empty if the data have neither
 * @param isOrdered whether neighbouring kinds are alike, as ranges of numbers are
 * @param labels by kind
 * @param kinds of the examples, a byte each
 */
@SuppressWarnings("ArrayRecordComponent") // read alone, and never compared
record Colouring(String name, boolean isOrdered, List<String> labels, byte[] kinds) {
    private static final int PARTS = 10;
    private static final int LEAST_DIGITS = 3;
    private static final int MOST_DIGITS = 9;

    /** All that points can be coloured by: fields of classes first, then columns of numbers. */
    static List<String> names(Session session) {
        List<String> names = new ArrayList<>();
        Map<String, Field> fields = session.spec().fields();
        fields.forEach((name, field) -> {
            if (field instanceof Field.Category) {
                names.add(name);
            }
        });
        fields.values().forEach(field -> {
            if (field instanceof Field.Table table) {
                names.addAll(table.names());
            }
        });
        return names;
    }

    /**
     * The examples of a split by a field or column.
     *
     * @param asked its name; empty for the first there is
     * @throws IllegalArgumentException naming those there are, if it is none of them
     */
    static Colouring of(Session session, Split split, String asked) {
        List<String> names = names(session);
        if (asked.isEmpty() && names.isEmpty()) {
            return new Colouring("", false, List.of(), new byte[(int) split.size()]);
        }
        String wanted = asked.isEmpty() ? names.get(0) : asked;
        for (Map.Entry<String, Field> entry : session.spec().fields().entrySet()) {
            String field = entry.getKey();
            if (!split.fields().containsKey(field)) {
                continue;
            }
            if (entry.getValue() instanceof Field.Category category && field.equals(wanted)) {
                return ofClasses(field, category, split);
            }
            if (entry.getValue() instanceof Field.Table table && table.names().contains(wanted)) {
                return ofNumbers(wanted, column(table, table.names().indexOf(wanted), split, field));
            }
        }
        if (names.contains(wanted)) { // of other splits: all examples are of one colour
            return new Colouring(wanted, false, List.of(), new byte[(int) split.size()]);
        }
        throw new IllegalArgumentException(
                "nothing of the data is called '" + asked + "'; known: " + String.join(", ", names));
    }

    private static Colouring ofClasses(String name, Field.Category category, Split split) {
        long[] classes = split.field(name).toHost().toLongs();
        byte[] kinds = new byte[classes.length];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = (byte) Math.min(255, classes[i]);
        }
        return new Colouring(name, false, category.names(), kinds);
    }

    private static double[] column(Field.Table table, int column, Split split, String field) {
        double[] all = split.field(field).toHost().toDoubles();
        return IntStream.range(0, all.length / table.columns())
                .mapToDouble(row -> all[row * table.columns() + column])
                .toArray();
    }

    /** Tenths of the numbers in their order; numbers that are equal are of one part, so that there may be fewer. */
    static Colouring ofNumbers(String name, double[] numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        double[] begins = IntStream.range(0, numbers.length == 0 ? 0 : PARTS)
                .mapToDouble(part -> sorted[(int) ((long) part * sorted.length / PARTS)])
                .distinct()
                .toArray();
        byte[] kinds = new byte[numbers.length];
        double[] ends = new double[begins.length];
        Arrays.fill(ends, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < numbers.length; i++) {
            int at = Arrays.binarySearch(begins, numbers[i]);
            int part = at >= 0 ? at : -at - 2;
            kinds[i] = (byte) part;
            ends[part] = Math.max(ends[part], numbers[i]);
        }
        int digits = digits(begins);
        List<String> labels = new ArrayList<>();
        for (int part = 0; part < begins.length; part++) {
            String from = text(begins[part], digits);
            String to = text(ends[part], digits);
            labels.add(from.equals(to) ? from : from + " … " + to);
        }
        return new Colouring(name, true, labels, kinds);
    }

    /** As many digits as tell where parts begin, and no fewer than three. */
    private static int digits(double[] begins) {
        int digits = LEAST_DIGITS;
        while (digits < MOST_DIGITS && !areApart(begins, digits)) {
            digits++;
        }
        return digits;
    }

    private static boolean areApart(double[] numbers, int digits) {
        return Arrays.stream(numbers)
                        .mapToObj(number -> text(number, digits))
                        .distinct()
                        .count()
                == numbers.length;
    }

    /** Whole numbers as they are; of others so many digits that mean something, and no more zeros than it takes. */
    private static String text(double number, int digits) {
        if (number == Math.rint(number) && Math.abs(number) < 1e9) {
            return Long.toString((long) number);
        }
        return new BigDecimal(number)
                .round(new MathContext(digits))
                .stripTrailingZeros()
                .toPlainString();
    }
}
