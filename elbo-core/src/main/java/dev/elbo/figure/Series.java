package dev.elbo.figure;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Points (x, y) in the order of x; y may be NaN where nothing was measured. */
public final class Series {
    private final double[] x;
    private final double[] y;

    private Series(double[] x, double[] y) {
        this.x = x;
        this.y = y;
    }

    /**
     * The points (x[i], y[i]).
     *
     * @throws IllegalArgumentException if there are not as many x as y, or an x is not finite
     */
    public static Series of(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException("a series has as many x as y; got " + x.length + " and " + y.length);
        }
        if (!Arrays.stream(x).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("every point of a series needs a finite x");
        }
        return new Series(x.clone(), y.clone());
    }

    /** The number of points. */
    public int size() {
        return x.length;
    }

    /** Where point {@code i} was measured, such as an epoch. */
    public double x(int i) {
        return x[i];
    }

    /** What was measured there, such as nats. */
    public double y(int i) {
        return y[i];
    }

    DoubleStream allX() {
        return Arrays.stream(x);
    }

    DoubleStream finiteY() {
        return Arrays.stream(y).filter(Double::isFinite);
    }

    /** The second half of the points. */
    Series late() {
        return new Series(Arrays.copyOfRange(x, size() / 2, size()), Arrays.copyOfRange(y, size() / 2, size()));
    }

    /** Every point the mean of its neighbours, up to {@code reach} to either side. */
    Series smoothed(int reach) {
        double[] means = IntStream.range(0, size())
                .mapToDouble(i -> mean(y, Math.max(0, i - reach), Math.min(size(), i + reach + 1)))
                .toArray();
        return new Series(x, means);
    }

    /**
     * At most one point for each of {@code cells} equal lengths of {@code axis}: the mean of the points there. What lies
     * before the axis, as 0 does on a logarithmic one, is left out.
     */
    Series thinned(Axis axis, int cells) {
        DoubleStream.Builder thinX = DoubleStream.builder();
        DoubleStream.Builder thinY = DoubleStream.builder();
        for (int from = 0, to = 0; from < size(); from = to) {
            double cell = cell(axis, cells, from);
            while (to < size() && cell(axis, cells, to) == cell) {
                to++;
            }
            if (cell >= 0) {
                thinX.add(mean(x, from, to));
                thinY.add(mean(y, from, to));
            }
        }
        return new Series(thinX.build().toArray(), thinY.build().toArray());
    }

    private double cell(Axis axis, int cells, int i) {
        return Math.floor(axis.position(x[i]) * cells);
    }

    private static double mean(double[] values, int from, int to) {
        return Arrays.stream(values, from, to)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    /** The value below which a share {@code q} of the finite y lie; NaN if there are none. */
    double quantile(double q) {
        double[] sorted = finiteY().sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(q * (sorted.length - 1))];
    }
}
