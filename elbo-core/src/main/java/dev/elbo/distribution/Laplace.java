package dev.elbo.distribution;

import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.Optional;

/**
 * The Laplace distribution with scale b = exp(logScale).
 *
 * @param loc median and mean, [batch..., event...]
 * @param logScale of the same shape or broadcast to it
 * @param eventRank the number of trailing dimensions that make up one event
 */
public record Laplace(Tensor loc, Tensor logScale, int eventRank) implements Pathwise, Factorised {
    private static final double LOG_2 = Math.log(2);

    /** loc − b sign(u) log(1 − 2 |u|) with u uniform in (−½, ½). */
    @Override
    public Scored rsample(int samples, Rng rng) {
        Tensor u = Noise.openUniform(loc, samples, rng).minus(0.5);
        Tensor tail = u.abs().times(-2).log1p();
        Tensor value = loc.minus(logScale.exp().times(u.sign()).times(tail));
        return new Scored(value, () -> logProb(value));
    }

    @Override
    public Laplace detached() {
        return new Laplace(loc.detach(), logScale.detach(), eventRank);
    }

    /** −|v − loc| / b − log 2b. */
    @Override
    public Tensor logProbPerElement(Tensor value) {
        Tensor distance = value.minus(loc).abs().times(logScale.negate().exp());
        return distance.plus(logScale).plus(LOG_2).negate();
    }

    @Override
    public Tensor centre() {
        return loc;
    }

    /** log(b'/b) + (b exp(−d/b) + d) / b' − 1 with d = |loc − loc'|. */
    @Override
    public Optional<Tensor> klPerElementTo(Distribution other) {
        if (!(other instanceof Laplace to)) {
            return Optional.empty();
        }
        Tensor distance = loc.minus(to.loc).abs();
        Tensor near = logScale.exp()
                .times(distance.times(logScale.negate().exp()).negate().exp());
        Tensor cross = near.plus(distance).times(to.logScale.negate().exp());
        return Optional.of(to.logScale.minus(logScale).plus(cross).minus(1));
    }
}
