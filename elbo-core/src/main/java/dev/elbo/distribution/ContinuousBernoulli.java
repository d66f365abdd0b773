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
public record ContinuousBernoulli(Tensor logits, int eventRank) implements Pathwise, Factorised {
    /** Below, the closed forms lose digits to 0 / 0, and their series are exact to 10⁻⁸. */
    private static final double NEAR_ZERO = 0.5;

    /** Below, the gradient of the inverse loses digits to a difference, and its series is exact to 10⁻⁸. */
    private static final double NEGLIGIBLE = 0.05;

    @Override
    public Tensor logProbPerElement(Tensor value) {
        return value.minus(end()).times(logits).minus(logNormaliser());
    }

    /** The end of [0, 1] at which the density is highest, 0 or 1. */
    private Tensor end() {
        return logits.greaterThan(0).to(logits.dtype());
    }

    /**
     * A(η) − max(η, 0), which is small however large η is: log((1 − exp(−|η|)) / |η|); η²/24 − η⁴/2880 + η⁶/181440 − |η|/2
     * near 0. A(η) itself differs from η by less than its rounding where η is large.
     */
    private Tensor logNormaliser() {
        Tensor far = magnitude(NEAR_ZERO);
        Tensor exact = far.negate().expm1().negate().log().minus(far.log());
        Tensor square = near().square();
        Tensor half = end().minus(0.5).times(logits);
        Tensor series = polynomial(square, 1 / 24.0, -1 / 2880.0, 1 / 181440.0).times(square);
        return isNearZero().where(series.minus(half), exact);
    }

    /** A'(η), the {@linkplain #end end} of the interval and what remains from there. */
    @Override
    public Tensor centre() {
        return end().plus(fromEnd());
    }

    /** A'(η) − [η > 0] = sign(η) (1 / (exp(|η|) − 1) − 1/|η|); 1/2 − [η > 0] + η/12 − η³/720 + η⁵/30240 near 0. */
    private Tensor fromEnd() {
        Tensor far = magnitude(NEAR_ZERO);
        Tensor one = far.zerosLike().fill(1);
        Tensor exact = far.negate().exp().over(far.negate().expm1().negate()).minus(one.over(far));
        Tensor series =
                polynomial(near().square(), 1 / 12.0, -1 / 720.0, 1 / 30240.0).times(near());
        return isNearZero().where(series.plus(0.5).minus(end()), logits.sign().times(exact));
    }

    /** a + b x + c x². */
    private static Tensor polynomial(Tensor x, double a, double b, double c) {
        return x.times(c).plus(b).times(x).plus(a);
    }

    /**
     * By the inverse of the distribution function: 1 + log(1 + (1 − u) (exp(−η) − 1)) / η for positive η,
     * mirrored for negative ones so that nothing overflows.
     */
    @Override
    public Scored rsample(int samples, Rng rng) {
        Tensor u = Noise.openUniform(logits, samples, rng);
        Tensor positive = logits.greaterThan(0);
        Tensor magnitude = magnitude(NEGLIGIBLE);
        Tensor mirrored = positive.where(complement(u), u);
        Tensor side = mirrored.times(magnitude.negate().expm1()).log1p().over(magnitude);
        Tensor exact = positive.where(side.plus(1), side.negate());
        Tensor value = logits.abs()
                .lessThan(NEGLIGIBLE)
                .where(inverseNearZero(u), exact)
                .clamp(0, 1);
        return new Scored(value, () -> logProb(value));
    }

    /** On the line through the centre, of log-odds: between 0 and 1 at every temperature. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        return UnitInterval.moved(sample(samples, rng), centre(), temperature);
    }

    /** u + κ₂ η/2 + κ₃ η²/6 + κ₄ η³/24, with the cumulants κ of a coin that falls heads with probability u. */
    private Tensor inverseNearZero(Tensor u) {
        Tensor variance = u.times(complement(u));
        Tensor skew = complement(u.times(2)).over(6);
        Tensor excess = complement(variance.times(6)).over(24);
        Tensor factor = excess.times(near()).plus(skew).times(near()).plus(0.5);
        return u.plus(variance.times(near()).times(factor));
    }

    @Override
    public ContinuousBernoulli detached() {
        return new ContinuousBernoulli(logits.detach(), eventRank);
    }

    private Tensor isNearZero() {
        return logits.abs().lessThan(NEAR_ZERO);
    }

    /** η, but at most so far from 0 as the series reach: beyond, their powers overflow and make NaN gradients. */
    private Tensor near() {
        return logits.clamp(-NEAR_ZERO, NEAR_ZERO);
    }

    /** |η|, but at least {@code least}: where a series is used instead, its gradient must be finite. */
    private Tensor magnitude(double least) {
        return logits.abs().clamp(least, Float.MAX_VALUE);
    }

    /** 1 − u. */
    private static Tensor complement(Tensor u) {
        return u.negate().plus(1);
    }

    /** (η − η') A'(η) − A(η) + A(η'): that of an exponential family, from the end that η prefers, so that nothing cancels. */
    @Override
    public Optional<Tensor> klPerElementTo(Distribution other) {
        if (!(other instanceof ContinuousBernoulli to)) {
            return Optional.empty();
        }
        Tensor expected = fromEnd().times(logits.minus(to.logits));
        Tensor otherEnd = to.end().minus(end()).times(to.logits); // |η'| if it prefers the other end
        return Optional.of(expected.plus(otherEnd).minus(logNormaliser()).plus(to.logNormaliser()));
    }
}
