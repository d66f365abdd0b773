package dev.elbo.distribution;

import dev.elbo.tensor.Device;
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
    /**
     * Validates the bounds; on a card not their values, for which the processor would have to wait.
     *
     * @throws IllegalArgumentException if they have different shapes, or a lower bound is not below its upper one. A bound that
     *     is NaN passes, as every NaN of a training does until it is named there
     */
    public Uniform {
        if (!low.shape().equals(high.shape())) {
            throw new IllegalArgumentException("the bounds of an interval have one shape; got low " + low.shape()
                    + " and high " + high.shape() + "; expand one to the other's");
        }
        if (low.device().kind() == Device.Kind.CPU) {
            requireOrdered(low, high);
        }
    }

    private static void requireOrdered(Tensor low, Tensor high) {
        double[] least = low.detach().toHost().toDoubles();
        double[] most = high.detach().toHost().toDoubles();
        for (int i = 0; i < least.length; i++) {
            if (least[i] >= most[i]) {
                throw new IllegalArgumentException(
                        "low must be below high; got low " + least[i] + " and high " + most[i] + " at element " + i
                                + " of " + low.shape() + "; exchange them, or widen the interval");
            }
        }
    }

    @Override
    public Scored rsample(int samples, Rng rng) {
        Tensor value = low.plusProduct(high.minus(low), Noise.uniform(low, samples, rng));
        return new Scored(value, () -> logProb(value));
    }

    /** All values are likely alike, and none is outside: above 1 a temperature is 1. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        return Pathwise.super.sample(samples, Math.min(1, temperature), rng);
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
