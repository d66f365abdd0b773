package dev.elbo.distribution;

import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.Optional;

/**
 * Kumaraswamy(a, b), between 0 and 1: a b x^(a−1) (1 − x^a)^(b−1). It is much like Beta(a, b), and the inverse of its distribution
 * function is a formula. Kumaraswamy (1980); Nalisnick and Smyth (2017), eq. 7.
 *
 * @param a positive, [batch..., event...]
 * @param b positive, of the same shape
 * @param eventRank the number of trailing dimensions that make up one event
 */
public record Kumaraswamy(Tensor a, Tensor b, int eventRank) implements Pathwise, Factorised {
    private static final double EULER = 0.5772156649015329;

    /** x = (1 − u^(1/b))^(1/a) with u uniform in (0, 1), by logarithms. */
    @Override
    public Scored rsample(int samples, Rng rng) {
        Tensor u = Noise.openUniform(a, samples, rng);
        Tensor logPower = logComplement(u.log().over(b)); // log x^a
        Tensor value = UnitInterval.within(logPower.over(a).exp());
        return new Scored(value, () -> logProb(value));
    }

    /** On the line through the centre, of log-odds: between 0 and 1 at every temperature. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        return UnitInterval.moved(sample(samples, rng), centre(), temperature);
    }

    /** log(1 − exp(t)) of a negative t. */
    private static Tensor logComplement(Tensor t) {
        return t.expm1().negate().clamp(Float.MIN_NORMAL, 1).log();
    }

    @Override
    public Kumaraswamy detached() {
        return new Kumaraswamy(a.detach(), b.detach(), eventRank);
    }

    /** log a + log b + (a − 1) log x + (b − 1) log(1 − x^a). */
    @Override
    public Tensor logProbPerElement(Tensor value) {
        Tensor log = value.log();
        Tensor rest = b.minus(1).times(logComplement(log.times(a)));
        return a.minus(1).times(log).plus(rest).plus(a.log()).plus(b.log());
    }

    /** The mean, b B(1 + 1/a, b). */
    @Override
    public Tensor centre() {
        Tensor first = a.reciprocal().plus(1);
        return b.log()
                .plus(first.logGamma())
                .plus(b.logGamma())
                .minus(first.plus(b).logGamma())
                .exp();
    }

    /**
     * log a b − (1 − 1/a) (γ + ψ(b + 1)) − (1 − 1/b), from the uniform distribution: that of Nalisnick and Smyth (2017), eq. 8, whose
     * endless series has the weight 0 there. From others there is no closed form.
     */
    @Override
    public Optional<Tensor> klPerElementTo(Distribution other) {
        if (!(other instanceof Uniform to)) {
            return Optional.empty();
        }
        Tensor harmonic = b.plus(1).digamma().plus(EULER);
        Tensor power = complement(a.reciprocal()).times(harmonic);
        Tensor negEntropy = a.log().plus(b.log()).minus(power).minus(complement(b.reciprocal()));
        return Optional.of(negEntropy.plus(UnitInterval.surprise(to)));
    }

    private static Tensor complement(Tensor x) {
        return x.negate().plus(1);
    }
}
