package dev.elbo.bench;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.LinearAlgebra;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;

/**
 * How far made images are from real ones, as a classifier sees them: the Fréchet distance of two normals that are fitted to its
 * features, ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2 (Σ₁ Σ₂)^½). Heusel et al. (2017), eq. 6, which takes those of a network trained on photographs;
 * figures are comparable with each other only where the classifier and the numbers of images are the same.
 */
final class FeatureDistance {
    private FeatureDistance() {}

    /**
     * The distance of two sets of features.
     *
     * @param a [N, F]
     * @param b [M, F]
     */
    static double of(HostArray a, HostArray b) {
        try (Scope scope = Scope.open("distance")) {
            Normal one = Normal.of(a);
            Normal other = Normal.of(b);
            double means = one.mean.minus(other.mean).square().sum().item();
            return means + one.trace() + other.trace() - 2 * one.rootOfProduct(other);
        }
    }

    private record Normal(Tensor mean, Tensor covariance) {
        static Normal of(HostArray features) {
            Tensor x = Tensor.of(features, Device.CPU).to(DType.FLOAT64);
            Tensor mean = x.mean(0);
            Tensor centred = x.minus(mean);
            return new Normal(mean, centred.transpose(0, 1).matmul(centred).over((double) x.size(0) - 1));
        }

        double trace() {
            return LinearAlgebra.symmetricEigen(covariance).values().sum().item();
        }

        /** tr (Σ₁ Σ₂)^½ = Σ √λ of Σ₁^½ Σ₂ Σ₁^½, which is symmetric; eigenvalues below 0 are rounding. */
        double rootOfProduct(Normal other) {
            LinearAlgebra.Eigen eigen = LinearAlgebra.symmetricEigen(covariance);
            Tensor roots = eigen.values().clamp(0, Double.MAX_VALUE).sqrt();
            Tensor root = eigen.vectors().times(roots).matmul(eigen.vectors().transpose(0, 1));
            Tensor product = root.matmul(other.covariance).matmul(root);
            return LinearAlgebra.symmetricEigen(product)
                    .values()
                    .clamp(0, Double.MAX_VALUE)
                    .sqrt()
                    .sum()
                    .item();
        }
    }
}
