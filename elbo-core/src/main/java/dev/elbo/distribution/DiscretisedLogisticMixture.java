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

    /** Beyond, exp(logScale) or its inverse is no FLOAT32. */
    private static final double LARGEST_LOG_SCALE = 80;

    /** Values are multiples of 1/255. */
    @Override
    public Tensor logProbPerElement(Tensor value) {
        Tensor mass = logMass(value.unsqueeze(-1), loc, logScale);
        return logits.logSoftmax(-1).plus(mass).logSumExp(-1);
    }

    /**
     * The logarithm of each component's mass in the bin of {@code v}: with a and b its upper and lower
     * edge in units of scale, σ(a) − σ(b) = σ(a) σ(−b) (1 − exp(b − a)), which never cancels.
     */
    static Tensor logMass(Tensor v, Tensor loc, Tensor logScale) {
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
            Tensor centre = centre().detach();
            return centre.expand(centre.shape().prepend(samples));
        }
        Tensor stretched = logScale.plus(Math.log(temperature));
        return new DiscretisedLogisticMixture(logits.over(temperature), loc, stretched, eventRank).sample(samples, rng);
    }

    /**
     * The expectation, Σ w s (softplus(μ/s) − softplus((μ − 1)/s)) with weights w, locations μ and scales s: of each component
     * P(v > t), integrated over t from 0 to 1. That of the levels is its midpoint rule: it is the same but for scales
     * below half a level, and never farther off than half a level.
     */
    @Override
    public Tensor centre() {
        return logits.softmax(-1).times(means(loc, logScale)).sum(-1);
    }

    /**
     * Each component's expectation, [batch..., event..., M], as c − s sign(d) log(1 + σ(−m/s) (exp(−|d|/s) − 1)), with c the
     * point of [0, 1] next to μ, d = 1 − 2c, and m the distance of μ from the nearer end: the difference of softpluses loses
     * its digits where a scale is wide, or a location far outside.
     */
    static Tensor means(Tensor loc, Tensor logScale) {
        Tensor bounded = logScale.clamp(-LARGEST_LOG_SCALE, LARGEST_LOG_SCALE);
        Tensor inverseScale = bounded.negate().exp();
        Tensor nearest = loc.clamp(0, 1);
        Tensor asymmetry = nearest.times(-2).plus(1);
        Tensor distance = loc.abs().minimum(loc.minus(1).abs());
        Tensor tail = distance.times(inverseScale).negate().sigmoid();
        Tensor lost =
                asymmetry.abs().times(inverseScale).negate().expm1().times(tail).log1p(); // ≤ 0
        return nearest.minus(asymmetry.sign().times(lost).times(bounded.exp()));
    }
}
