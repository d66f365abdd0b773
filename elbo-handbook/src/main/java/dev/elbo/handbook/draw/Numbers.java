package dev.elbo.handbook.draw;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/** Values to compute figures at. */
public final class Numbers {
    private Numbers() {}

    /** {@code count} values from {@code from} to {@code to}, both of them included, at equal distances. */
    public static double[] range(double from, double to, int count) {
        return IntStream.range(0, count)
                .mapToDouble(i -> from + (to - from) * i / (count - 1))
                .toArray();
    }

    /** The values of a function of (x, y): [row][column], a row for each y. */
    public static double[][] table(double[] x, double[] y, DoubleBinaryOperator function) {
        double[][] values = new double[y.length][x.length];
        for (int row = 0; row < y.length; row++) {
            for (int column = 0; column < x.length; column++) {
                values[row][column] = function.applyAsDouble(x[column], y[row]);
            }
        }
        return values;
    }

    /** The largest of some values. */
    public static double most(double... values) {
        return Arrays.stream(values).max().orElseThrow();
    }

    /** The share of {@code values} in each interval between neighbouring edges, over its width: a density. */
    public static double[] density(double[] values, double[] edges) {
        double[] heights = new double[edges.length - 1];
        for (double value : values) {
            for (int i = 0; i < heights.length; i++) {
                if (value >= edges[i] && value < edges[i + 1]) {
                    heights[i] += 1 / (values.length * (edges[i + 1] - edges[i]));
                }
            }
        }
        return heights;
    }
}
