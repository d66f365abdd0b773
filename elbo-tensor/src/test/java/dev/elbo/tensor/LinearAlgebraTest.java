package dev.elbo.tensor;

import static dev.elbo.tensor.FiniteDifferences.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InAScope.class)
class LinearAlgebraTest {
    private static final double ROUNDING = 1e-13; // well-conditioned matrices of a few rows, FLOAT64

    private static Tensor doubles(double[] values, long... shape) {
        return Tensor.of(HostArray.of(values, shape), Device.CPU);
    }

    /** Symmetric, and positive definite since the diagonal outweighs the rest. */
    private static Tensor positiveDefinite(Tensor a) {
        return a.matmul(a.transpose(-1, -2)).plus(identity(a.size(-1)).times(2));
    }

    private static Tensor identity(long size) {
        return Tensor.arange(size, Device.CPU).oneHot(size).to(DType.FLOAT64);
    }

    private static void assertClose(Tensor a, Tensor b) {
        assertThat(a.shape()).isEqualTo(b.shape());
        assertThat(a.minus(b).abs().max().item()).isLessThan(ROUNDING);
    }

    @Test
    void aCholeskyFactorIsLowerTriangularAndItsSquareIsTheMatrix() {
        Tensor a = positiveDefinite(numbers(2, 3, 3));
        Tensor l = LinearAlgebra.cholesky(a);
        assertClose(l, l.tril(0));
        assertClose(l.matmul(l.transpose(1, 2)), a);
        FiniteDifferences.check(in -> LinearAlgebra.cholesky(positiveDefinite(in[0])), numbers(2, 3, 3));
    }

    @Test
    void aMatrixThatIsNotPositiveDefiniteIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinearAlgebra.cholesky(doubles(new double[] {1, 2, 2, 1}, 2, 2)))
                .withMessageContaining("not positive-definite");
    }

    @Test
    void eigenvectorsAreOrthogonalAndAreStretchedByTheirEigenvalues() {
        Tensor a = positiveDefinite(numbers(2, 3, 3));
        LinearAlgebra.Eigen eigen = LinearAlgebra.symmetricEigen(a);
        Tensor v = eigen.vectors();
        assertClose(v.transpose(1, 2).matmul(v), identity(3).expand(Shape.of(2, 3, 3)));
        assertClose(a.matmul(v), v.times(eigen.values().unsqueeze(1)));
    }

    @Test
    void eigenvaluesComeFromTheSmallestToTheLargest() {
        Tensor values = LinearAlgebra.symmetricEigen(doubles(new double[] {5, 0, 0, 2}, 2, 2))
                .values();
        assertThat(values.toHost().toDoubles()).containsExactly(2, 5);
    }

    @Test
    void solutionsOfTriangularSystemsSolveThem() {
        Tensor l = LinearAlgebra.cholesky(positiveDefinite(numbers(2, 3, 3)));
        Tensor b = numbers(2, 3, 4);
        assertClose(l.matmul(LinearAlgebra.solveLower(l, b)), b);
        Tensor u = l.transpose(1, 2);
        assertClose(u.matmul(LinearAlgebra.solveUpper(u, b)), b);
        FiniteDifferences.check(
                in -> LinearAlgebra.solveLower(in[0].tril(0).plus(identity(3).times(2)), in[1]),
                numbers(2, 3, 3),
                numbers(2, 3, 2));
    }

    @Test
    void aDeterminantHasASignAndALogarithm() {
        LinearAlgebra.Determinant swap = LinearAlgebra.determinant(doubles(new double[] {0, 2, 3, 0}, 2, 2));
        assertThat(swap.sign().item()).isEqualTo(-1);
        assertThat(swap.logAbs().item()).isCloseTo(Math.log(6), within(ROUNDING));
        Tensor a = positiveDefinite(numbers(2, 3, 3));
        // log |A| = 2 Σ log L_ii
        Tensor diagonal = LinearAlgebra.cholesky(a).times(identity(3)).sum(-1).log();
        assertClose(LinearAlgebra.determinant(a).logAbs(), diagonal.sum(-1).times(2));
        assertThat(LinearAlgebra.determinant(identity(500).times(1e10)).logAbs().item())
                .isCloseTo(500 * Math.log(1e10), within(1e-9)); // far beyond FLOAT64's largest number
        FiniteDifferences.check(
                in -> LinearAlgebra.determinant(positiveDefinite(in[0])).logAbs(), numbers(2, 3, 3));
    }

    @Test
    void distancesOfAllPairsAreEuclidean() {
        Tensor a = numbers(2, 3, 4);
        Tensor b = numbers(2, 5, 4).exp();
        Tensor squares = a.unsqueeze(2).minus(b.unsqueeze(1)).square().sum(-1); // [2, 3, 5]
        assertClose(LinearAlgebra.distances(a, b), squares.sqrt());
        FiniteDifferences.check(in -> LinearAlgebra.distances(in[0], in[1].exp()), numbers(3, 4), numbers(5, 4));
    }

    @Test
    void rowsThatLieCloseHaveExactDistancesAndEqualOnesNoGradient() {
        Tensor far = Tensor.of(new float[] {10_000, 0}, 1, 2).requireGradient();
        Tensor near = Tensor.of(new float[] {10_000, 0.5f, 10_000, 0}, 2, 2);
        Tensor distances = LinearAlgebra.distances(far, near);
        assertThat(distances.toFloats()).containsExactly(0.5f, 0);
        distances.sum().backward();
        assertThat(far.gradient().toFloats()).containsExactly(0, -1);
    }
}
