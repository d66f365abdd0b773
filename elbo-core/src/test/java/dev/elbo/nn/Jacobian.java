package dev.elbo.nn;

import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Tensor;
import java.util.function.UnaryOperator;

/** Numerical Jacobians of maps of vectors. */
public final class Jacobian {
    private static final double STEP = 1e-5;

    private Jacobian() {}

    /** ∂fᵢ/∂xⱼ by central differences, off by STEP² times a third derivative and 1e-16 / STEP. */
    public static double[][] of(UnaryOperator<Tensor> f, double... x) {
        double[][] jacobian = new double[x.length][x.length];
        for (int j = 0; j < x.length; j++) {
            double[] above = f.apply(vector(moved(x, j, STEP))).toHost().toDoubles();
            double[] below = f.apply(vector(moved(x, j, -STEP))).toHost().toDoubles();
            for (int i = 0; i < x.length; i++) {
                jacobian[i][j] = (above[i] - below[i]) / (2 * STEP);
            }
        }
        return jacobian;
    }

    private static double[] moved(double[] x, int j, double by) {
        double[] moved = x.clone();
        moved[j] += by;
        return moved;
    }

    /** FLOAT64 [D]. */
    public static Tensor vector(double... values) {
        return Tensor.of(HostArray.of(values, values.length), Device.CPU);
    }

    /** The determinant, by elimination with pivots. */
    public static double determinant(double[][] matrix) {
        double[][] m = new double[matrix.length][];
        for (int i = 0; i < m.length; i++) {
            m[i] = matrix[i].clone();
        }
        double determinant = 1;
        for (int column = 0; column < m.length; column++) {
            int pivot = column;
            for (int row = column; row < m.length; row++) {
                pivot = Math.abs(m[row][column]) > Math.abs(m[pivot][column]) ? row : pivot;
            }
            determinant *= pivot == column ? m[pivot][column] : -m[pivot][column];
            double[] swapped = m[pivot];
            m[pivot] = m[column];
            m[column] = swapped;
            for (int row = column + 1; row < m.length; row++) {
                double factor = m[row][column] / m[column][column];
                for (int k = column; k < m.length; k++) {
                    m[row][k] -= factor * m[column][k];
                }
            }
        }
        return determinant;
    }
}
