package dev.elbo.distribution;

import dev.elbo.tensor.Functional;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Optional;

/**
 * One of C classes, with probabilities softmax(logits). Values are INT64 class indices.
 *
 * @param logits [batch..., event..., C]
 * @param eventRank the number of dimensions before the last that make up one event; 0 for one class
 */
public record Categorical(Tensor logits, int eventRank) implements Factorised {
    @Override
    public Tensor logProbPerElement(Tensor value) {
        Shape shape = value.shape().broadcast(logits.shape().dropLast(1));
        if (shape.equals(value.shape()) && shape.equals(logits.shape().dropLast(1))) {
            return Functional.categoricalLogProb(logits, value);
        }
        Tensor logProbs = logits.logSoftmax(-1).expand(shape.append(logits.size(-1)));
        return logProbs.gather(-1, value.expand(shape).unsqueeze(-1)).squeeze(-1);
    }

    /** The argmax of logits plus Gumbel noise. Maddison et al. (2017), section 2. */
    @Override
    public Tensor sample(int samples, Rng rng) {
        return logits.plus(gumbel(logits, samples, rng)).argmax(-1);
    }

    /** Gumbel noise, −log(−log u), [samples, like...]. */
    static Tensor gumbel(Tensor like, int samples, Rng rng) {
        return Noise.openUniform(like, samples, rng).log().negate().log().negate();
    }

    /** The likeliest class, INT64 [batch..., event...]: classes have no mean. */
    @Override
    public Tensor centre() {
        return logits.argmax(-1);
    }

    /** The probabilities of the classes, [batch..., event..., C]. */
    public Tensor probabilities() {
        return logits.softmax(-1);
    }

    /**
     * −Σ p log p in nats, [batch..., event...]; a class of probability 0 adds nothing. Its exponential is the perplexity:
     * among how many equally likely classes one would be as uncertain.
     */
    public Tensor entropy() {
        Tensor logProbs = logits.logSoftmax(-1);
        return logProbs.exp().times(possible(logProbs, logProbs)).sum(-1).negate();
    }

    /** The probabilities' logarithms divided by the temperature: p<sub>c</sub>^(1/T), normalised. */
    @Override
    public Tensor sample(int samples, double temperature, Rng rng) {
        return temperature == 0
                ? centre().expand(centre().shape().prepend(samples))
                : new Categorical(logits.over(temperature), eventRank).sample(samples, rng);
    }

    /** Σ p (log p − log p'). A class of probability 0 adds nothing, and one that only the other has for impossible ∞. */
    @Override
    public Optional<Tensor> klPerElementTo(Distribution other) {
        if (!(other instanceof Categorical to)) {
            return Optional.empty();
        }
        Tensor logProbs = logits.logSoftmax(-1);
        Tensor difference = possible(logProbs, logProbs).minus(possible(logProbs, to.logits.logSoftmax(-1)));
        return Optional.of(logProbs.exp().times(difference).sum(-1));
    }

    /** Numbers of the classes, but 0 where a class has probability 0: that times −∞ would be NaN, and its gradient too. */
    private static Tensor possible(Tensor logProbs, Tensor ofClasses) {
        return logProbs.exp().greaterThan(0).where(ofClasses, ofClasses.zerosLike());
    }
}
