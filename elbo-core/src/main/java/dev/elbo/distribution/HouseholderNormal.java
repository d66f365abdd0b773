package dev.elbo.distribution;

import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;

/**
 * A diagonal normal that is turned, z = Q z₀ with Q of Householder's reflections: a normal whose axes lie anywhere. It keeps
 * volumes, and so its density and its divergence from N(0, I) are those of z₀. Tomczak and Welling (2016), section 3. With D of
 * them it can be any normal.
 *
 * @param base of z₀, [batch..., D]
 * @param vectors of the reflections, [batch..., H, D]
 */
public record HouseholderNormal(DiagonalNormal base, Tensor vectors) implements Pathwise {
    private Reflections q() {
        return new Reflections(vectors);
    }

    @Override
    public Scored rsample(int samples, Rng rng) {
        Scored start = base.rsample(samples, rng);
        return new Scored(q().of(start.value()), start.density());
    }

    @Override
    public Tensor logProb(Tensor value) {
        return base.logProb(q().transposedOf(value));
    }

    @Override
    public Tensor centre() {
        return q().of(base.loc());
    }

    @Override
    public HouseholderNormal detached() {
        return new HouseholderNormal(base.detached(), vectors.detach());
    }

    /** ½ Σ ((Σⱼ Aᵢⱼ² + (loc − loc')²) exp(−logVar') − 1 + logVar' − logVar) with A = Q diag(exp(logVar / 2)), from a diagonal normal. */
    @Override
    public Optional<Tensor> klTo(Distribution other) {
        if (!(other instanceof DiagonalNormal to) || to.eventRank() != 1) {
            return Optional.empty();
        }
        Tensor squares = variances().plus(centre().minus(to.loc()).square());
        Tensor each = squares.times(to.logVar().negate().exp()).minus(1).plus(to.logVar());
        return Optional.of(each.minus(base.logVar()).sum(-1).times(0.5));
    }

    /** Σⱼ Aᵢⱼ², [batch..., D]: Q turns each axis, as long as its scale. */
    private Tensor variances() {
        Tensor scale = base.logVar().times(0.5).exp();
        long dims = scale.size(-1);
        long[] axes = new long[scale.rank() + 1];
        Arrays.fill(axes, 1);
        axes[0] = dims;
        axes[axes.length - 1] = dims;
        Tensor identity = Tensor.arange(dims, scale.device()).oneHot(dims).to(scale.dtype());
        Tensor turned = q().of(identity.reshape(axes).times(scale)); // [D (j), batch..., D (i)]
        return turned.square().sum(0);
    }
}
