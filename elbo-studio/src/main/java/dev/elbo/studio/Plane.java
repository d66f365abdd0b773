package dev.elbo.studio;

import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.LinearAlgebra;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;

/**
 * A plane through codes: the place (a, b) is the code origin + a · across + b · up.
 *
 * @param origin the mean of the codes, [D]; 0 in the two dimensions of a plane of dimensions
 * @param across a unit vector, [D]
 * @param up a unit vector, [D]
 * @param firstShare which part of the variance lies along {@code across}
 * @param secondShare which part of it lies along {@code up}
 */
@SuppressWarnings("ArrayRecordComponent") // read alone, and never compared
record Plane(double[] origin, double[] across, double[] up, double firstShare, double secondShare) {

    /** The plane of the two principal components of codes, [N, D]. */
    static Plane principal(float[] codes, int dimensions) {
        double[] mean = mean(codes, dimensions);
        double[] covariance = covariance(codes, mean, dimensions);
        try (Scope work = Scope.open("principal components")) {
            LinearAlgebra.Eigen eigen = LinearAlgebra.symmetricEigen(
                    Tensor.of(HostArray.of(covariance, dimensions, dimensions), Device.CPU));
            double[] variances = eigen.values().toHost().toDoubles(); // the largest last
            double[] vectors = eigen.vectors().toHost().toDoubles();
            double total = 0;
            for (double variance : variances) {
                total += variance;
            }
            double all = Math.max(Double.MIN_NORMAL, total);
            int last = dimensions - 1;
            int beforeLast = Math.max(0, last - 1);
            return new Plane(
                    mean,
                    column(vectors, dimensions, last),
                    dimensions == 1 ? new double[1] : column(vectors, dimensions, beforeLast),
                    variances[last] / all,
                    dimensions == 1 ? 0 : variances[beforeLast] / all);
        }
    }

    /** The plane of two dimensions through the mean of the others. */
    static Plane ofDimensions(float[] codes, int dimensions, int first, int second) {
        double[] mean = mean(codes, dimensions);
        double[] covariance = covariance(codes, mean, dimensions);
        double total = 0;
        for (int d = 0; d < dimensions; d++) {
            total += covariance[d * dimensions + d];
        }
        double all = Math.max(Double.MIN_NORMAL, total);
        mean[first] = 0;
        mean[second] = 0;
        double[] across = new double[dimensions];
        double[] up = new double[dimensions];
        across[first] = 1;
        up[second] = 1;
        return new Plane(
                mean,
                across,
                up,
                covariance[first * dimensions + first] / all,
                covariance[second * dimensions + second] / all);
    }

    private static double[] mean(float[] codes, int dimensions) {
        double[] mean = new double[dimensions];
        int count = Math.max(1, codes.length / dimensions);
        for (int i = 0; i < codes.length; i++) {
            mean[i % dimensions] += codes[i] / (double) count;
        }
        return mean;
    }

    private static double[] covariance(float[] codes, double[] mean, int dimensions) {
        double[] covariance = new double[dimensions * dimensions];
        int count = Math.max(1, codes.length / dimensions);
        for (int row = 0; row < codes.length; row += dimensions) {
            for (int i = 0; i < dimensions; i++) {
                double left = (codes[row + i] - mean[i]) / count;
                for (int j = 0; j < dimensions; j++) {
                    covariance[i * dimensions + j] += left * (codes[row + j] - mean[j]);
                }
            }
        }
        return covariance;
    }

    /** A column of [D, D], its largest number positive, so that the same codes are always seen from the same side. */
    private static double[] column(double[] square, int size, int column) {
        double[] vector = new double[size];
        double largest = 0;
        for (int row = 0; row < size; row++) {
            vector[row] = square[row * size + column];
            largest = Math.abs(vector[row]) > Math.abs(largest) ? vector[row] : largest;
        }
        for (int row = 0; row < size && largest < 0; row++) {
            vector[row] = -vector[row];
        }
        return vector;
    }

    /** Where codes lie on the plane, [N, 2]. */
    float[] places(float[] codes) {
        int dimensions = origin.length;
        float[] places = new float[codes.length / dimensions * 2];
        for (int i = 0; i < places.length / 2; i++) {
            double x = 0;
            double y = 0;
            for (int d = 0; d < dimensions; d++) {
                double away = codes[i * dimensions + d] - origin[d];
                x += away * across[d];
                y += away * up[d];
            }
            places[2 * i] = (float) x;
            places[2 * i + 1] = (float) y;
        }
        return places;
    }
}
