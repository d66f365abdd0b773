package dev.elbo.distribution;

import dev.elbo.nn.Bijection;
import dev.elbo.tensor.Tensor;

/**
 * f(z) = z + Q R tanh(R̃ Qᵀ z + b) with Q orthogonal and R, R̃ upper triangular: a planar step of as many units as dimensions. Van
 * den Berg et al. (2018), eq. 13, with Q of Householder's reflections, section 3.3.
 *
 * <p>It is invertible where the diagonals' product is above −1, theorem 2; each is within ±0.99.
 *
 * @param reflections the vectors of Q, [batch..., H, D]
 * @param triangles R above the diagonal, and R̃ᵀ below it, [batch..., D, D]
 * @param diagonal of R before it is bounded by tanh, [batch..., D]
 * @param diagonalWithin of R̃, in the same way
 * @param b [batch..., D]
 */
public record Sylvester(Tensor reflections, Tensor triangles, Tensor diagonal, Tensor diagonalWithin, Tensor b)
        implements Transformation {
    /** With 1 the determinant would be rounded to 0 where tanh is steepest. */
    private static final double BOUND = 0.99;

    @Override
    public Bijection.Image of(Tensor z) {
        Reflections q = new Reflections(reflections);
        Tensor r = diagonal.tanh().times(BOUND);
        Tensor within = diagonalWithin.tanh().times(BOUND);
        Tensor upper = triangles.transpose(-1, -2).tril(-1).transpose(-1, -2);
        Tensor upperWithin = triangles.tril(-1).transpose(-1, -2);
        Tensor y = q.transposedOf(z);
        Tensor h = product(upperWithin, within, y).plus(b).tanh();
        Tensor slope = h.square().negate().plus(1);
        Tensor logDeterminant = slope.times(r.times(within)).log1p().sum(-1);
        return new Bijection.Image(z.plus(q.of(product(upper, r, h))), logDeterminant);
    }

    /** The product of a triangular matrix, given without its diagonal, and a vector; autocast would compute a matrix product in fewer digits. */
    private static Tensor product(Tensor triangle, Tensor diagonal, Tensor vector) {
        return triangle.times(vector.unsqueeze(-2)).sum(-1).plus(diagonal.times(vector));
    }

    @Override
    public Sylvester detached() {
        return new Sylvester(
                reflections.detach(), triangles.detach(), diagonal.detach(), diagonalWithin.detach(), b.detach());
    }
}
