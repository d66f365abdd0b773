package dev.elbo.distribution;

import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.Optional;

/**
 * The uniform distribution on [low, high].
 *
 * @param low [batch..., event...]
 * @param high of the same shape, larger
 * @param eventRank the number of trailing dimensions that make up one event
 */
public record Uniform(Tensor low, Tensor high, int eventRank) implements Pathwise, Factorised {
    @Override
    public Scored rsample(int samples, Rng rng) {
        Tensor value = low.plusProduct(high.minus(low), Noise.uniform(low, samples, rng));
        return new Scored(value, () -> logProb(value));
    }

    @Override
    public Uniform detached() {
        return new Uniform(low.detach(), high.detach(), eventRank);
    }

    /** −log(high − low) inside, −∞ outside. */
    @Override
    public Tensor logProbPerElement(Tensor value) {
        Tensor density = high.minus(low).log().negate().plus(value.zerosLike());
        return value.lessThan(low).where(outside(density), high.lessThan(value).where(outside(density), density));
    }

    private static Tensor outside(Tensor density) {
        return density.zerosLike().fill(Double.NEGATIVE_INFINITY);
    }

    @Override
    public Tensor centre() {
        return low.plus(high).times(0.5);
    }

    /** log((high' − low') / (high − low)), or ∞ where this reaches outside the other. */
    @Override
    public Optional<Tensor> klPerElementTo(Distribution other) {
        if (!(other instanceof Uniform to)) {
            return Optional.empty();
        }
        Tensor inside = to.high.minus(to.low).log().minus(high.minus(low).log());
        Tensor infinite = outside(inside).negate();
        return Optional.of(
                low.lessThan(to.low).where(infinite, to.high.lessThan(high).where(infinite, inside)));
    }
}
