package dev.elbo.distribution;

import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;

/**
 * The logistic distribution with scale s = exp(logScale).
 *
 * @param loc median and mean, [batch..., event...]
 * @param logScale of the same shape or broadcast to it
 * @param eventRank the number of trailing dimensions that make up one event
 */
public record Logistic(Tensor loc, Tensor logScale, int eventRank) implements Pathwise, Factorised {

    /** loc + s log(u / (1 − u)) with u uniform in (0, 1). */
    @Override
    public Scored rsample(int samples, Rng rng) {
        Tensor value = loc.plus(logScale.exp().times(standard(loc, samples, rng)));
        return new Scored(value, () -> logProb(value));
    }

    /** Draws of location 0 and scale 1, [samples, like...]. */
    static Tensor standard(Tensor like, int samples, Rng rng) {
        Tensor u = Noise.openUniform(like, samples, rng);
        return u.log().minus(u.negate().log1p());
    }

    @Override
    public Logistic detached() {
        return new Logistic(loc.detach(), logScale.detach(), eventRank);
    }

    /**
     * −t − 2 log(1 + exp(−t)) − log s with t = |v − loc| / s: it is the same on both sides, and of a negative t the second
     * term alone would be 2 |t|, which may be too large for a number.
     */
    @Override
    public Tensor logProbPerElement(Tensor value) {
        Tensor t = value.minus(loc).abs().times(logScale.negate().exp());
        return t.negate().softplus().times(2).plus(t).plus(logScale).negate();
    }

    @Override
    public Tensor centre() {
        return loc;
    }
}
