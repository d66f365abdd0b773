package dev.elbo.data;

import java.util.List;

/**
 * Where the numbers of each column lie and how far they spread, so that all columns can be brought to one scale: (x − mean) / scale.
 *
 * @param mean of each column
 * @param scale the standard deviation of each column, in its units; 1 for a column that does not vary
 */
public record Statistics(List<Double> mean, List<Double> scale) {
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

    /** How many columns these are of. */
    public int columns() {
        return mean.size();
    }

    /** A number of a column on the common scale. */
    public double standardised(double value, int column) {
        return (value - mean.get(column)) / scale.get(column);
    }

    /** A number of a column as it was given: the inverse of {@link #standardised}. */
    public double restored(double value, int column) {
        return value * scale.get(column) + mean.get(column);
    }
}
