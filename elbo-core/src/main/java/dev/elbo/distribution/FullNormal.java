package dev.elbo.distribution;

import dev.elbo.tensor.LinearAlgebra;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.Optional;

/**
 * N(loc, L Lᵀ): a normal over vectors whose dimensions vary together. Kingma and Welling (2019), section 2.5.1.
 *
 * @param loc mean, [batch..., D]
 * @param factor L, the lower triangular Cholesky factor of the covariance, with a positive diagonal, [batch..., D, D]
 */
public record FullNormal(Tensor loc, Tensor factor) implements Pathwise {
    private static final double LOG_2PI = Math.log(2 * Math.PI);

    /** z = loc + L ε, whose log-density is −½ |ε|² − Σ log L_ii − D/2 log 2π: nothing is solved for it. */
    @Override
    public Scored rsample(int samples, Rng rng) {
        Tensor epsilon = Noise.normal(loc, samples, rng);
        return new Scored(of(epsilon), () -> logDensity(epsilon));
    }

    /** loc + L ε. */
    Tensor of(Tensor epsilon) {
        // not by a product of matrices, which autocast would do in fewer digits
        return loc.plus(factor.times(epsilon.unsqueeze(-2)).sum(-1));
    }

    @Override
    public FullNormal detached() {
        return new FullNormal(loc.detach(), factor.detach());
    }

    /** The log-density in terms of ε = L⁻¹ (value − loc). */
    @Override
    public Tensor logProb(Tensor value) {
        return logDensity(whitened(value));
    }

    /**
     * ε = L⁻¹ (value − loc), of which {@code value} was made.
     *
     * @param value [..., D]
     */
    public Tensor whitened(Tensor value) {
        return LinearAlgebra.solveLower(factor, value.minus(loc).unsqueeze(-1)).squeeze(-1);
    }

    private Tensor logDensity(Tensor epsilon) {
        Tensor squares = epsilon.square().plus(LOG_2PI).sum(-1);
        return squares.times(-0.5).minus(logDeterminant());
    }

    /** log |L| = Σ log L_ii, [batch...]. */
    Tensor logDeterminant() {
        long dims = loc.size(-1);
        Tensor flat = factor.reshape(loc.shape().dropLast(1).append(dims * dims));
        // of D + 1 columns without the last element, the first is the diagonal
        Tensor rest = flat.narrow(-1, 0, dims * dims - 1)
                .reshape(loc.shape().dropLast(1).append(dims - 1, dims + 1));
        Tensor diagonal = Tensor.cat(-1, rest.get(-1, 0), flat.narrow(-1, dims * dims - 1, 1));
        return diagonal.log().sum(-1);
    }

    @Override
    public Tensor centre() {
        return loc;
    }

    /**
     * ½ (|L'⁻¹ L|² + |L'⁻¹ (loc − loc')|² − D) + log |L'| − log |L|, from a diagonal normal or one like this.
     *
     * <p>|·|² of a matrix is the sum of its squares, the trace of the covariance in the other's units.
     */
    @Override
    public Optional<Tensor> klTo(Distribution other) {
        if (other instanceof DiagonalNormal to && to.eventRank() == 1) {
            Tensor scale = to.logVar().times(-0.5).exp();
            return Optional.of(divergence(
                    factor.times(scale.unsqueeze(-1)),
                    loc.minus(to.loc()).times(scale),
                    to.logVar().expand(to.loc().shape()).sum(-1).times(0.5)));
        }
        if (other instanceof FullNormal to) {
            return Optional.of(
                    divergence(LinearAlgebra.solveLower(to.factor, factor), to.whitened(loc), to.logDeterminant()));
        }
        return Optional.empty();
    }

    private Tensor divergence(Tensor factorInUnits, Tensor distanceInUnits, Tensor othersLogDeterminant) {
        Tensor squares =
                factorInUnits.square().sumLast(2).plus(distanceInUnits.square().sum(-1));
        return squares.minus((double) loc.size(-1))
                .times(0.5)
                .plus(othersLogDeterminant)
                .minus(logDeterminant());
    }
}
