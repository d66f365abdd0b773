package dev.elbo.evaluate;

import java.util.Arrays;

/**
 * Pairs of rows and columns of a table such that no row or column is in two of them and their sum is the largest there is: the
 * Hungarian method, Kuhn (1955), with the shortest augmenting paths of Jonker and Volgenant (1987). Takes R² C steps.
 */
final class Assignment {
    private Assignment() {}

    /**
     * The column of each row.
     *
     * @param gains what a pair adds, R rows of C numbers each, R ≤ C
     * @throws IllegalArgumentException if there are more rows than columns
     */
    static int[] best(double[][] gains) {
        int rows = gains.length;
        int columns = rows == 0 ? 0 : gains[0].length;
        if (rows > columns) {
            throw new IllegalArgumentException(
                    "each row needs a column of its own; got " + rows + " rows and " + columns + " columns");
        }
        double[] ofRow = new double[rows + 1];
        double[] ofColumn = new double[columns + 1];
        int[] rowOf =
                new int[columns + 1]; // counted from 1; 0 is free, and column 0 holds the row that is being placed
        for (int row = 1; row <= rows; row++) {
            rowOf[0] = row;
            place(gains, ofRow, ofColumn, rowOf);
        }
        int[] columnOf = new int[rows];
        for (int column = 1; column <= columns; column++) {
            if (rowOf[column] > 0) {
                columnOf[rowOf[column] - 1] = column - 1;
            }
        }
        return columnOf;
    }

    /** Finds the shortest path from the new row to a free column, by costs less potentials, and moves rows along it. */
    private static void place(double[][] gains, double[] ofRow, double[] ofColumn, int[] rowOf) {
        int size = rowOf.length;
        double[] distance = new double[size];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        int[] before = new int[size];
        boolean[] isReached = new boolean[size];
        int column = 0;
        while (rowOf[column] != 0) {
            isReached[column] = true;
            int row = rowOf[column];
            int nearest = 0;
            for (int next = 1; next < size; next++) {
                if (isReached[next]) {
                    continue;
                }
                double cost = -gains[row - 1][next - 1] - ofRow[row] - ofColumn[next];
                if (cost < distance[next]) {
                    distance[next] = cost;
                    before[next] = column;
                }
                if (nearest == 0 || distance[next] < distance[nearest]) {
                    nearest = next;
                }
            }
            shift(distance[nearest], distance, isReached, ofRow, ofColumn, rowOf);
            column = nearest;
        }
        while (column != 0) {
            rowOf[column] = rowOf[before[column]];
            column = before[column];
        }
    }

    private static void shift(
            double by, double[] distance, boolean[] isReached, double[] ofRow, double[] ofColumn, int[] rowOf) {
        for (int column = 0; column < rowOf.length; column++) {
            if (isReached[column]) {
                ofRow[rowOf[column]] += by;
                ofColumn[column] -= by;
            } else {
                distance[column] -= by;
            }
        }
    }
}
