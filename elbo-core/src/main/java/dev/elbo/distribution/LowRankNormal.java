package dev.elbo.distribution;

import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * N(loc, diag(exp(logVar)) + Σᵣ uᵣ uᵣᵀ): a normal whose dimensions vary by themselves, and together along R directions. Rezende
 * et al. (2014), section 4.3, of any rank.
 *
 * <p>Its density is not computed by Woodbury's identity, whose terms cancel where the covariance is nearly of rank R, but from
 * an orthogonal basis of the same vectors: see {@link #basis}.
 *
 * @param loc mean, [batch..., D]
 * @param logVar logarithm of each dimension's own variance, [batch..., D]
 * @param factors the vectors uᵣ, [batch..., R, D]
 */
public record LowRankNormal(Tensor loc, Tensor logVar, Tensor factors) implements Pathwise {
    private static final double LOG_2PI = Math.log(2 * Math.PI);

    /** z = loc + exp(logVar / 2) ε + Σᵣ ηᵣ uᵣ with ε and η of N(0, I). */
    @Override
    public Scored rsample(int samples, Rng rng) {
        Tensor epsilon = Noise.normal(loc, samples, rng);
        Tensor eta = Noise.normal(factors.get(-1, 0), samples, rng); // [K, batch..., R]
        // not by a product of matrices, which autocast would do in fewer digits
        Tensor together = eta.unsqueeze(-1).times(factors).sum(-2);
        Tensor value = loc.plusProduct(logVar.times(0.5).exp(), epsilon).plus(together);
        return new Scored(value, () -> logProb(value));
    }

    @Override
    public LowRankNormal detached() {
        return new LowRankNormal(loc.detach(), logVar.detach(), factors.detach());
    }

    /**
     * An orthogonal basis.
     *
     * @param vectors R of length 1, [batch..., D + R] each
     * @param logDeterminant log |I + A Aᵀ| / 2, with A the factors in units of exp(logVar / 2), [batch...]
     */
    private record Basis(List<Tensor> vectors, Tensor logDeterminant) {}

    /**
     * The orthogonal basis of the vectors (aᵣ, eᵣ), with aᵣ = uᵣ exp(−logVar / 2) and eᵣ an axis of its own: |I + A Aᵀ| is the product of their
     * lengths squared, as they are made orthogonal one after the other. Each is 1 or longer whatever aᵣ is, since none before
     * it has a part along eᵣ.
     */
    private Basis basis() {
        long rank = factors.size(-2);
        Tensor units = logVar.times(-0.5).exp();
        Tensor each = factors.times(units.unsqueeze(-2)); // [batch..., R, D]
        Tensor axes = Tensor.arange(rank, loc.device()).oneHot(rank).to(loc.dtype());
        Tensor all = Tensor.cat(-1, each, axes.expand(each.shape().dropLast(1).append(rank)));
        List<Tensor> vectors = new ArrayList<>();
        Tensor logDeterminant = logVar.detach().get(-1, 0).zerosLike();
        for (long r = 0; r < rank; r++) {
            Tensor vector = beside(vectors, all.get(-2, r));
            Tensor length = vector.square().sum(-1).sqrt();
            vectors.add(vector.over(length.unsqueeze(-1)));
            logDeterminant = logDeterminant.plus(length.log());
        }
        return new Basis(vectors, logDeterminant);
    }

    /** A vector without its parts along these orthogonal ones. */
    private static Tensor beside(List<Tensor> vectors, Tensor vector) {
        Tensor left = vector;
        for (Tensor each : vectors) {
            left = left.minus(each.times(left.times(each).sum(-1).unsqueeze(-1)));
        }
        return left;
    }

    /**
     * −½ (min over η of |ε − Σᵣ ηᵣ aᵣ|² + |η|²) − ½ Σ logVar − log |…| − D/2 log 2π with ε = (value − loc) exp(−logVar / 2):
     * the minimum is the squared length of what of (ε, 0) is beside the basis.
     */
    @Override
    public Tensor logProb(Tensor value) {
        Basis basis = basis();
        Tensor epsilon = value.minus(loc).times(logVar.times(-0.5).exp());
        Tensor squares = beside(basis.vectors(), epsilon.pad(-1, 0, factors.size(-2), 0))
                .square()
                .sum(-1);
        return squares.plus(loc.size(-1) * LOG_2PI).times(-0.5).minus(logDeterminant(basis));
    }

    /** Half of the covariance's, [batch...]. */
    private Tensor logDeterminant(Basis basis) {
        return basis.logDeterminant().plus(logVar.sum(-1).times(0.5));
    }

    @Override
    public Tensor centre() {
        return loc;
    }

    /** ½ Σ ((exp(logVar) + Σᵣ uᵣ² + (loc − loc')²) exp(−logVar') − 1 + logVar') − ½ log |covariance|, from a diagonal normal. */
    @Override
    public Optional<Tensor> klTo(Distribution other) {
        if (!(other instanceof DiagonalNormal to) || to.eventRank() != 1) {
            return Optional.empty();
        }
        Tensor variances = logVar.exp().plus(factors.square().sum(-2));
        Tensor squares = variances
                .plus(loc.minus(to.loc()).square())
                .times(to.logVar().negate().exp());
        Tensor each = squares.minus(1).plus(to.logVar());
        return Optional.of(each.sum(-1).times(0.5).minus(logDeterminant(basis())));
    }
}
