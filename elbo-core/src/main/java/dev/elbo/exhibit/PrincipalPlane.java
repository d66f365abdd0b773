package dev.elbo.exhibit;

import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.LinearAlgebra;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;

/**
 * The plane in which points spread most: their two first principal components, Pearson (1901). A component has no sign by
 * itself; here its largest weight is positive.
 *
 * @param points where they lie in it, FLOAT64 [N, 2], around 0
 * @param first the part of the variance that lies along the first component, 0 … 1
 * @param second the same along the second
 */
record PrincipalPlane(HostArray points, double first, double second) {
    private static final int HERE = 2;

    /** @param codes [N, D], in at least two dimensions */
    static PrincipalPlane of(HostArray codes) {
        long count = codes.shape().size(0);
        long dimensions = codes.shape().elements() / count;
        try (Scope scope = Scope.open("principal components")) {
            Tensor all = Tensor.of(HostArray.of(codes.toDoubles(), count, dimensions), Device.CPU);
            Tensor centred = all.minus(all.mean(0)); // [N, D]
            Tensor covariance = centred.transpose(0, 1).matmul(centred).times(1.0 / count); // [D, D]
            LinearAlgebra.Eigen eigen = LinearAlgebra.symmetricEigen(covariance);
            double[] variances = eigen.values().toHost().toDoubles(); // the largest last
            double[] directions = directions(eigen.vectors().toHost().toDoubles(), (int) dimensions);
            Tensor plane = Tensor.of(HostArray.of(directions, dimensions, HERE), Device.CPU);
            double total = Math.max(Double.MIN_NORMAL, Arrays.stream(variances).sum());
            return new PrincipalPlane(
                    centred.matmul(plane).toHost(),
                    variances[variances.length - 1] / total,
                    variances[variances.length - 2] / total);
        }
    }

    /** The last two columns of [D, D], the last one first and each with its sign, as [D, 2]. */
    private static double[] directions(double[] vectors, int size) {
        double[] chosen = new double[size * HERE];
        for (int component = 0; component < HERE; component++) {
            int column = size - 1 - component;
            double largest = 0;
            for (int row = 0; row < size; row++) {
                double weight = vectors[row * size + column];
                largest = Math.abs(weight) > Math.abs(largest) ? weight : largest;
            }
            for (int row = 0; row < size; row++) {
                chosen[row * HERE + component] = Math.signum(largest) * vectors[row * size + column];
            }
        }
        return chosen;
    }
}
