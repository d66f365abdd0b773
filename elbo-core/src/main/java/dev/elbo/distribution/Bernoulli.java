package dev.elbo.distribution;

import dev.elbo.tensor.Functional;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.Optional;

/**
 * Coins, with p = sigmoid(logits). Values in between 0 and 1 are scored as the expected log-density of
 * a coin thrown with that probability, the usual treatment of grey pixels as probabilities.
 *
 * @param logits [batch..., event...]
 * @param eventRank the number of trailing dimensions that make up one event
 */
public record Bernoulli(Tensor logits, int eventRank) implements Factorised {

    /** x l − log(1 + exp(l)). */
    @Override
    public Tensor logProbPerElement(Tensor value) {
        return Functional.binaryCrossEntropy(logits, value).negate();
    }

    /** The same and the sum in one pass. */
    @Override
    public Tensor logProb(Tensor value) {
        return Functional.bernoulliLogProb(logits, value, eventRank);
    }

    @Override
    public Tensor sample(int samples, Rng rng) {
        return Noise.uniform(logits, samples, rng).lessThan(centre()).to(logits.dtype());
    }

    /** The log-odds divided by the temperature; at 0 the likelier side of each coin. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        return temperature == 0
                ? logits.greaterThan(0).to(logits.dtype()).expand(logits.shape().prepend(samples))
                : new Bernoulli(logits.over(temperature), eventRank).sample(samples, rng);
    }

    @Override
    public Tensor centre() {
        return logits.sigmoid();
    }

    /** p log(p/p') + (1 − p) log((1 − p)/(1 − p')): a difference of logits would lose the digits of all but the largest. */
    @Override
    public Optional<Tensor> klPerElementTo(Distribution other) {
        if (!(other instanceof Bernoulli to)) {
            return Optional.empty();
        }
        return Optional.of(part(logits, to.logits).plus(part(logits.negate(), to.logits.negate())));
    }

    /** p log(p/p') of one side of the coins, with log p = −log(1 + exp(−l)); a side that never shows adds nothing. */
    private static Tensor part(Tensor logits, Tensor others) {
        Tensor p = logits.sigmoid();
        Tensor shows = p.greaterThan(0);
        Tensor logProb = logits.negate().softplus().negate();
        Tensor othersLogProb = others.negate().softplus().negate();
        Tensor difference = logProb.minus(othersLogProb);
        return p.times(shows.where(difference, difference.zerosLike()));
    }
}
