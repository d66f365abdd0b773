package dev.elbo.distribution;

import dev.elbo.nn.Bijection;
import dev.elbo.tensor.Tensor;

/**
 * f(z) = z + β̂ (z − z₀) / (α + r) with r = |z − z₀|: what is around a point is drawn to it, or driven off. Rezende and Mohamed
 * (2015), eq. 14, invertible with β̂ = −α + softplus(β), appendix A.2.
 *
 * @param centre z₀, [batch..., D]
 * @param alpha α, positive, [batch..., 1]
 * @param beta β, [batch..., 1]
 */
public record Radial(Tensor centre, Tensor alpha, Tensor beta) implements Transformation {
    /** At the centre itself a distance has no gradient. */
    private static final double TINY = 1e-12;

    private static final double LEAST = 1e-30;

    @Override
    public Bijection.Image of(Tensor z) {
        Tensor away = z.minus(centre);
        Tensor r = away.square().sum(-1).unsqueeze(-1).plus(TINY).sqrt();
        Tensor range = r.plus(alpha);
        Tensor positive = beta.softplus(); // α + β̂
        Tensor strength = positive.minus(alpha).over(range); // β̂ h
        // 1 + β̂ h = (r + α + β̂) / (α + r), across; 1 + β̂ h + β̂ h' r = 1 + β̂ α / (α + r)², along
        Tensor across = log(r.plus(positive).over(range));
        Tensor along = log(strength.times(alpha).over(range).plus(1));
        Tensor logDeterminant = across.times(z.size(-1) - 1.0).plus(along);
        return new Bijection.Image(z.plusProduct(strength, away), logDeterminant.squeeze(-1));
    }

    private static Tensor log(Tensor positive) {
        return positive.clamp(LEAST, Float.MAX_VALUE).log();
    }

    @Override
    public Radial detached() {
        return new Radial(centre.detach(), alpha.detach(), beta.detach());
    }
}
