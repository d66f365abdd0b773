package dev.elbo.distribution;

import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/**
 * A mixture of M logistics on [0, 1], discretised to the 256 levels of a pixel: each level has the
 * mass of its bin, the first and the last those of the tails too. Salimans et al. (2017), section 2.1,
 * with elements independent of one another.
 *
 * @param logits of the components, [batch..., event..., M]
 * @param loc their locations, of the same shape
 * @param logScale their scales' logarithms, of the same shape
 * @param eventRank the number of dimensions before the last that make up one event
 */
public record DiscretisedLogisticMixture(Tensor logits, Tensor loc, Tensor logScale, int eventRank)
        implements Factorised {
    private static final int LEVELS = 256;
    private static final double HALF_BIN = 0.5 / (LEVELS - 1);

    /** Values are multiples of 1/255. */
    @Override
    public Tensor logProbPerElement(Tensor value) {
        Tensor mass = logMass(value.unsqueeze(-1));
        return logits.logSoftmax(-1).plus(mass).logSumExp(-1);
    }

    /**
     * The logarithm of each component's mass in the bin of {@code v}: with a and b its upper and lower
     * edge in units of scale, σ(a) − σ(b) = σ(a) σ(−b) (1 − exp(b − a)), which never cancels.
     */
    private Tensor logMass(Tensor v) {
        Tensor inverseScale = logScale.negate().exp();
        Tensor centred = v.minus(loc);
        Tensor upper = centred.plus(HALF_BIN).times(inverseScale).logSigmoid();
        Tensor lower = centred.minus(HALF_BIN).times(inverseScale).negate().logSigmoid();
        Tensor width = inverseScale.times(-2 * HALF_BIN).expm1().negate().log();
        Tensor inner = upper.plus(lower).plus(width);
        Tensor first = v.lessThan(HALF_BIN);
        Tensor last = v.greaterThan(1 - HALF_BIN);
        return first.where(upper, last.where(lower, inner));
    }

    @Override
    public Tensor sample(int samples, Rng rng) {
        try (GradientMode off = GradientMode.off()) {
            Tensor component =
                    new Categorical(logits, eventRank).sample(samples, rng).unsqueeze(-1);
            Tensor draws = loc.plus(logScale.exp().times(Logistic.standard(loc, samples, rng)));
            Tensor chosen = draws.gather(-1, component).squeeze(-1).clamp(0, 1);
            return chosen.times(LEVELS - 1).round().over(LEVELS - 1);
        }
    }

    /** The components' odds to the power of 1/T, and their scales times T. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        if (temperature == 0) {
            return centre().expand(centre().shape().prepend(samples));
        }
        Tensor stretched = logScale.plus(Math.log(temperature));
        return new DiscretisedLogisticMixture(logits.over(temperature), loc, stretched, eventRank).sample(samples, rng);
    }

    /** The mean of the mixture before discretisation, with locations moved into [0, 1]. */
    @Override
    public Tensor centre() {
        return logits.softmax(-1).times(loc.clamp(0, 1)).sum(-1);
    }
}
