package dev.elbo.distribution;

import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.Optional;

/**
 * The continuous Bernoulli on [0, 1], Loaiza-Ganem and Cunningham (2019): the density
 * exp(η x − A(η)) with A(η) = log((exp(η) − 1) / η), what remains of a Bernoulli on grey pixels when
 * its density is normalised.
 *
 * @param logits η, [batch..., event...]
 * @param eventRank the number of trailing dimensions that make up one event
 */
public record ContinuousBernoulli(Tensor logits, int eventRank) implements Reparameterised, Factorised {
    /** Below, the closed forms lose digits to 0 / 0 and their series are exact in FLOAT32. */
    private static final double NEAR_ZERO = 0.5;

    /** Below, the inverse is its series' first terms to FLOAT32's precision. */
    private static final double NEGLIGIBLE = 1e-3;

    @Override
    public Tensor logProbPerElement(Tensor value) {
        return value.times(logits).minus(logNormaliser());
    }

    /** A(η) = (η + |η|) / 2 + log((1 − exp(−|η|)) / |η|); η/2 + η²/24 − η⁴/2880 near 0. */
    private Tensor logNormaliser() {
        Tensor far = magnitude(NEAR_ZERO);
        Tensor exact = far.negate().expm1().negate().log().minus(far.log()).plus(far.times(0.5));
        Tensor square = logits.square();
        Tensor series = square.over(24).minus(square.square().over(2880));
        return nearZero().where(series, exact).plus(logits.times(0.5));
    }

    /** A'(η) = 1 / (1 − exp(−η)) − 1/η; 1/2 + η/12 − η³/720 near 0. */
    @Override
    public Tensor mean() {
        Tensor safe = logits.sign().times(magnitude(NEAR_ZERO));
        Tensor one = safe.zerosLike().fill(1);
        Tensor exact = one.over(safe.negate().expm1().negate()).minus(one.over(safe));
        Tensor series =
                logits.over(12).minus(logits.times(logits.square()).over(720)).plus(0.5);
        return nearZero().where(series, exact);
    }

    /**
     * By the inverse of the distribution function: 1 + log(1 + (1 − u) (exp(−η) − 1)) / η for positive η,
     * mirrored for negative ones so that nothing overflows; u + η u (1 − u) / 2 near 0.
     */
    @Override
    public Scored rsample(int samples, Rng rng) {
        Tensor u = rng.uniform(logits.shape().prepend(samples));
        Tensor complement = complement(u);
        Tensor positive = logits.greaterThan(0);
        Tensor magnitude = magnitude(NEGLIGIBLE);
        Tensor mirrored = positive.where(complement, u);
        Tensor side = mirrored.times(magnitude.negate().expm1()).log1p().over(magnitude);
        Tensor exact = positive.where(side.plus(1), side.negate());
        Tensor series = u.plus(u.times(complement).times(logits).times(0.5));
        Tensor value = logits.abs().lessThan(NEGLIGIBLE).where(series, exact).clamp(0, 1);
        return new Scored(value, () -> logProb(value));
    }

    @Override
    public ContinuousBernoulli detached() {
        return new ContinuousBernoulli(logits.detach(), eventRank);
    }

    private Tensor nearZero() {
        return logits.abs().lessThan(NEAR_ZERO);
    }

    /** |η|, but at least {@code least}: where a series is used instead, its gradient must be finite. */
    private Tensor magnitude(double least) {
        return logits.abs().clamp(least, Float.MAX_VALUE);
    }

    private static Tensor complement(Tensor u) {
        return u.negate().plus(1);
    }

    /** (η − η') A'(η) − A(η) + A(η'): that of an exponential family. */
    @Override
    public Optional<Tensor> klPerElementTo(Distribution other) {
        if (!(other instanceof ContinuousBernoulli to)) {
            return Optional.empty();
        }
        Tensor expected = mean().times(logits.minus(to.logits));
        return Optional.of(expected.minus(logNormaliser()).plus(to.logNormaliser()));
    }
}
