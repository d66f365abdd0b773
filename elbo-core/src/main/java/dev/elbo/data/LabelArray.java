package dev.elbo.data;

import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Labels as a file has them.
 *
 * @param origin the file, or the part of it, for messages
 * @param array numbers or texts, [N] or [N, ...]
 */
record LabelArray(String origin, StoredArray array) {
    /** Whole numbers beyond this are not told apart by a double. */
    private static final double MOST = 0x1p53;

    /** How many observations are labelled. */
    long size() {
        return array.shape().rank() == 0 ? 1 : array.shape().size(0);
    }

    /** How many numbers an observation has. */
    long columns() {
        Shape shape = array.shape();
        return shape.rank() < 2 ? 1 : shape.slice(1, shape.rank()).elements();
    }

    /** Whether each observation has one text. */
    boolean isOfTexts() {
        return array instanceof StoredArray.Texts && columns() == 1;
    }

    /** Whether each observation has one whole number. */
    boolean isOfWholeNumbers() {
        return columns() == 1
                && array instanceof StoredArray.Numbers numbers
                && (!numbers.array().dtype().isFloatingPoint()
                        || DoubleStream.of(numbers.array().toDoubles()).allMatch(LabelArray::isWhole));
    }

    private static boolean isWhole(double value) {
        return value == Math.rint(value) && Math.abs(value) <= MOST;
    }

    /** Whether each observation has a single 1 in a row of zeros. */
    boolean isOneHot() {
        if (array.shape().rank() != 2 || columns() < 2 || !(array instanceof StoredArray.Numbers numbers)) {
            return false;
        }
        double[] values = numbers.array().toDoubles();
        int columns = (int) columns();
        return DoubleStream.of(values).allMatch(value -> value == 0 || value == 1)
                && IntStream.range(0, (int) size())
                        .allMatch(row -> Arrays.stream(values, row * columns, (row + 1) * columns)
                                        .sum()
                                == 1);
    }

    /** The class of each observation: its text, its whole number, or the place of the 1 in its row. */
    List<String> classes() {
        if (array instanceof StoredArray.Texts texts) {
            return texts.values();
        }
        HostArray numbers = ((StoredArray.Numbers) array).array();
        if (columns() == 1) {
            return LongStream.of(numbers.toLongs()).mapToObj(Long::toString).toList();
        }
        double[] values = numbers.toDoubles();
        return IntStream.range(0, values.length)
                .filter(i -> values[i] == 1)
                .mapToObj(i -> Integer.toString(i % (int) columns()))
                .toList();
    }

    /**
     * The numbers of each observation, FLOAT32 [N, D].
     *
     * @throws InvalidFileException if they are texts, or one is not finite, or they are not in rows
     */
    HostArray rows() throws InvalidFileException {
        HostArray numbers = array.numbers(origin);
        if (array.shape().rank() > 2 || array.shape().rank() == 0) {
            throw new InvalidFileException(
                    origin,
                    "is " + numbers + ", and labels are [N] or [N, D]",
                    "Give a label for each observation, or a row of numbers",
                    null);
        }
        float[] values = numbers.toFloats();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new InvalidFileException(
                        origin,
                        "has the value " + values[i] + " in row " + i / columns() + ", column " + i % columns()
                                + ", both counted from 0",
                        "Keep the observations with finite numbers: np.isfinite(array) says which",
                        null);
            }
        }
        return HostArray.of(values, size(), columns());
    }
}
