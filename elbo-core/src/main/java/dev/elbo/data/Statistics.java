package dev.elbo.data;

import dev.elbo.tensor.RowSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Where the numbers of each column lie and how far they spread, so that all columns can be brought to one scale: (x − mean) / scale.
 *
 * @param mean of each column
 * @param scale the standard deviation of each column, in its units; 1 for a column that does not vary
 */
public record Statistics(List<Double> mean, List<Double> scale) {
    /** The length of a portion that is read at once, in bytes. */
    private static final long PORTION = 16L << 20;

    /**
     * Copies and validates.
     *
     * @throws IllegalArgumentException if there are not as many scales as means, or a number is not finite, or a scale is not
     *     positive
     */
    public Statistics {
        mean = List.copyOf(mean);
        scale = List.copyOf(scale);
        if (mean.size() != scale.size()) {
            throw new IllegalArgumentException("each column has a mean and a scale; got " + mean.size() + " means and "
                    + scale.size() + " scales");
        }
        if (!mean.stream().allMatch(Double::isFinite)
                || !scale.stream().allMatch(value -> value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(
                    "means are finite, and scales are positive too; got means " + mean + " and scales " + scale);
        }
    }

    /** The statistics by which columns are taken as they are: means 0 and deviations 1. */
    static Statistics none(int columns) {
        return new Statistics(Collections.nCopies(columns, 0.0), Collections.nCopies(columns, 1.0));
    }

    /** How many rows are read at once. */
    static int portion(RowSource values) {
        return (int) Math.max(
                1,
                PORTION
                        / Math.max(
                                1,
                                values.byteCount() / Math.max(1, values.shape().size(0))));
    }

    /**
     * The statistics of a field's observations.
     *
     * @param values FLOAT32 [N, columns] or [N, longest, columns]
     * @param counts how many times an observation has all columns, [N]; what is behind them is padding
     */
    static Statistics of(RowSource values, long[] counts) {
        Moments moments = new Moments(Math.toIntExact(values.shape().size(-1)));
        int portion = portion(values);
        for (int from = 0; from < counts.length; from += portion) {
            int to = Math.min(counts.length, from + portion);
            float[] read = values.rows(from, to).toFloats();
            for (int row = from; row < to; row++) {
                moments.add(read, (row - from) * (read.length / (to - from)), counts[row]);
            }
        }
        return moments.statistics();
    }

    /** Mean and Σ (x − mean)² of each column so far, by Welford's (1962) update, in which nothing large cancels. */
    private static final class Moments {
        private final double[] mean;
        private final double[] squares;
        private long seen;

        Moments(int columns) {
            mean = new double[columns];
            squares = new double[columns];
        }

        void add(float[] values, int from, long rows) {
            for (int at = from; at < from + rows * mean.length; at += mean.length) {
                seen++;
                for (int column = 0; column < mean.length; column++) {
                    double distance = values[at + column] - mean[column];
                    mean[column] += distance / seen;
                    squares[column] += distance * (values[at + column] - mean[column]);
                }
            }
        }

        Statistics statistics() {
            List<Double> scale = Arrays.stream(squares)
                    .map(sum -> Math.sqrt(sum / seen))
                    .mapToObj(deviation -> deviation > 0 ? deviation : 1.0)
                    .toList();
            return new Statistics(Arrays.stream(mean).boxed().toList(), scale);
        }
    }

    /** How many columns these are of. */
    public int columns() {
        return mean.size();
    }

    /** Whether columns are taken as they are. */
    public boolean isNone() {
        return equals(none(columns()));
    }

    /** A number of a column on the common scale. */
    public double standardised(double value, int column) {
        return (value - mean.get(column)) / scale.get(column);
    }

    /** A number of a column as it was given: the inverse of {@link #standardised}. */
    public double restored(double value, int column) {
        return value * scale.get(column) + mean.get(column);
    }

    /** Rows of columns, [... · columns], brought to mean 0 and scale 1. */
    public float[] standardised(float[] rows) {
        float[] scaled = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            scaled[i] = (float) standardised(rows[i], i % columns());
        }
        return scaled;
    }

    /** Rows of columns, [... · columns], in the units of the data. */
    public float[] restored(float[] rows) {
        float[] restored = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            restored[i] = (float) restored(rows[i], i % columns());
        }
        return restored;
    }
}
