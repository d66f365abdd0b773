package dev.elbo.distribution;

import dev.elbo.nn.Bijection;
import dev.elbo.tensor.Tensor;

/**
 * f(z) = z + û tanh(wᵀz + b): all is moved along one vector, by how far it lies along another. Rezende and Mohamed (2015), eq. 10
 * to 12.
 *
 * <p>It is invertible where wᵀû &gt; −1, so that u is moved along w: û = u + (m(wᵀu) − wᵀu) w / |w|². The paper, appendix A.1, has
 * m(x) = −1 + softplus(x); here it is −1 + softplus(x + log(e − 1)), with m(0) = 0. With the paper's, û has no bound where w is
 * small, as it is at first.
 *
 * @param u [batch..., D]
 * @param w [batch..., D]
 * @param b [batch..., 1]
 */
public record Planar(Tensor u, Tensor w, Tensor b) implements Transformation {
    private static final double SHIFT = Math.log(Math.E - 1);
    private static final double TINY = 1e-12;
    private static final double LEAST = 1e-30;

    @Override
    public Bijection.Image of(Tensor z) {
        Tensor a = w.times(u).sum(-1).unsqueeze(-1); // wᵀu
        Tensor aboveMinusOne = a.plus(SHIFT).softplus(); // wᵀû + 1
        Tensor norm = w.square().sum(-1).unsqueeze(-1).clamp(TINY, Float.MAX_VALUE);
        Tensor moved = u.plusProduct(aboveMinusOne.minus(1).minus(a).over(norm), w); // û
        Tensor h = w.times(z).sum(-1).unsqueeze(-1).plus(b).tanh();
        // 1 + h' wᵀû = tanh² + (1 − tanh²) (1 + wᵀû), a sum of positive terms
        Tensor square = h.square();
        Tensor determinant = square.plus(square.negate().plus(1).times(aboveMinusOne));
        Tensor logDeterminant = determinant.clamp(LEAST, Float.MAX_VALUE).log();
        return new Bijection.Image(z.plusProduct(moved, h), logDeterminant.squeeze(-1));
    }

    @Override
    public Planar detached() {
        return new Planar(u.detach(), w.detach(), b.detach());
    }
}
