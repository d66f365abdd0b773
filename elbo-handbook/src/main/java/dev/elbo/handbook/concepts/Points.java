package dev.elbo.handbook.concepts;

import dev.elbo.tensor.HostArray;
import java.util.Arrays;

/** Points of a latent space in rows, [N][D], and what is asked of them. */
final class Points {
    private Points() {}

    /** A column: one coordinate of all points. */
    static double[] of(double[][] points, int dimension) {
        return Arrays.stream(points).mapToDouble(point -> point[dimension]).toArray();
    }

    /**
     * The mean over pictures of the distance to the nearest of the known ones: the mean absolute difference of their pixels.
     *
     * @param pictures [N, 1, H, W]
     * @param known [M, 1, H, W]
     */
    static double strangeness(HostArray pictures, HostArray known) {
        float[] some = pictures.toFloats();
        float[] all = known.toFloats();
        int count = (int) pictures.shape().size(0);
        int size = some.length / count;
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double nearest = Double.POSITIVE_INFINITY;
            for (int j = 0; j < all.length; j += size) {
                nearest = Math.min(nearest, apart(some, i * size, all, j, size));
            }
            sum += nearest / count;
        }
        return sum;
    }

    private static double apart(float[] a, int fromA, float[] b, int fromB, int size) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += Math.abs(a[fromA + i] - b[fromB + i]);
        }
        return sum / size;
    }
}
