package dev.elbo.tensor;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.global.torch;

/** Factors, solutions and determinants of matrices, the last two dimensions of a tensor; those before are a batch. */
public final class LinearAlgebra {
    private static final double EUCLIDEAN = 2;
    private static final long WITHOUT_PRODUCTS = 2;

    private LinearAlgebra() {}

    /**
     * L, lower triangular, of A = L Lᵀ: [..., D, D] → [..., D, D].
     *
     * @param a symmetric; of it, the lower triangle is read
     * @throws IllegalArgumentException if a matrix is not positive definite
     */
    public static Tensor cholesky(Tensor a) {
        return Tensor.call("cholesky", () -> torch.linalg_cholesky(a.handle(), false), a);
    }

    /**
     * X of L X = B: [..., D, D] and [..., D, K] → [..., D, K].
     *
     * @param lower lower triangular; what is above the diagonal is not read
     */
    public static Tensor solveLower(Tensor lower, Tensor b) {
        return solve("solveLower", false, lower, b);
    }

    /**
     * X of U X = B: [..., D, D] and [..., D, K] → [..., D, K].
     *
     * @param upper upper triangular; what is below the diagonal is not read
     */
    public static Tensor solveUpper(Tensor upper, Tensor b) {
        return solve("solveUpper", true, upper, b);
    }

    private static Tensor solve(String operation, boolean upper, Tensor triangle, Tensor b) {
        Operands.refuseMixing(operation, triangle, b);
        return Tensor.call(
                operation,
                () -> torch.linalg_solve_triangular(triangle.handle(), b.handle(), upper, true, false),
                triangle,
                b);
    }

    /**
     * A determinant, as two numbers that do not overflow.
     *
     * @param sign −1, 0 or 1, [...]
     * @param logAbs the logarithm of its absolute value, in nats, [...]
     */
    public record Determinant(Tensor sign, Tensor logAbs) {}

    /** The determinant of each matrix, [..., D, D]. */
    public static Determinant determinant(Tensor a) {
        try (T_TensorTensor_T both = torch.linalg_slogdet(a.handle())) {
            return new Determinant(
                    new Tensor(new org.bytedeco.pytorch.Tensor(both.get0())),
                    new Tensor(new org.bytedeco.pytorch.Tensor(both.get1())));
        } catch (RuntimeException e) {
            throw Operands.explained("determinant", e, a);
        }
    }

    /**
     * Eigenvalues and eigenvectors of a symmetric matrix A: A V = V diag(λ), and V is orthogonal.
     *
     * @param values λ, the smallest first, [..., D]
     * @param vectors V, whose columns are the eigenvectors, [..., D, D]; each could as well be its negative
     */
    public record Eigen(Tensor values, Tensor vectors) {}

    /**
     * Eigenvalues and eigenvectors of each matrix, [..., D, D].
     *
     * @param a symmetric; of it, the lower triangle is read
     */
    public static Eigen symmetricEigen(Tensor a) {
        try (T_TensorTensor_T both = torch.linalg_eigh(a.handle())) {
            return new Eigen(
                    new Tensor(new org.bytedeco.pytorch.Tensor(both.get0())),
                    new Tensor(new org.bytedeco.pytorch.Tensor(both.get1())));
        } catch (RuntimeException e) {
            throw Operands.explained("symmetricEigen", e, a);
        }
    }

    /**
     * Euclidean distances of all pairs of rows: [..., P, D] and [..., R, D] → [..., P, R]. Exact for rows that lie close, as sums of
     * products are not; without a gradient where two are the same.
     */
    public static Tensor distances(Tensor a, Tensor b) {
        Operands.refuseMixing("distances", a, b);
        return Tensor.call(
                "distances",
                () -> torch.cdist(a.handle(), b.handle(), EUCLIDEAN, new LongOptional(WITHOUT_PRODUCTS)),
                a,
                b);
    }
}
