package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.distribution.Categorical;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Scored;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Optional;

/**
 * The classes of a draw: every class of an example without a label, its own of one with a label; Kingma et al. (2014), eq. 6 and 7.
 *
 * @param values y, INT64 [S, B]: class after class, with K samples of each; or K times the labels, where all have one
 * @param posterior q(y|x) where there is no label, else sure of it
 * @param weights of the samples, [S, B]; absent where they count alike
 * @param each how many classes are gone through: C, or 1 where all examples have a label
 */
record Classes(Tensor values, Categorical posterior, Optional<Tensor> weights, long each) {
    /** So many nats is a sure label above the rest: exp of less is 0. */
    private static final double SURE = 1e4;

    /** The logarithm of the least probability of a class that is gone through: of less, a weight would have no logarithm. */
    private static final double LEAST = -69;

    /**
     * Of examples some of which may have a label.
     *
     * @param inferred q(y|x), a batch of [B], or of [K, B] where it differs by sample
     * @param samples K
     */
    static Classes of(Categorical inferred, Batch read, Variable label, int samples) {
        Categorical guess = possible(inferred);
        if (!read.fields().containsKey(label.name())) {
            return all(guess, label.codebook(), samples);
        }
        Tensor said = read.get(label.name()); // [B]
        Tensor sure = said.oneHot(label.codebook()).times(SURE); // [B, C]
        if (!read.present().containsKey(label.name())) {
            return new Classes(repeated(said, samples), new Categorical(sure, 0), Optional.empty(), 1);
        }
        Tensor known = read.present(label.name()).greaterThan(0); // [B]
        Classes all = all(guess, label.codebook(), samples);
        int count = Math.toIntExact(all.values.size(0)); // S
        return new Classes(
                known.where(repeated(said, count), all.values),
                new Categorical(known.unsqueeze(-1).where(sure, all.posterior.logits()), 0),
                all.weights.map(weights -> known.where(weights.zerosLike().fill(1.0 / count), weights)),
                all.each);
    }

    /** Every class with a weight above 0, by which its log q(y|x) goes too: they cancel in the evidence, whatever they are. */
    private static Categorical possible(Categorical guess) {
        return new Categorical(guess.logits().logSoftmax(-1).clamp(LEAST, 0), 0);
    }

    /** Every class, K times. */
    private static Classes all(Categorical guess, long classes, int samples) {
        Tensor logits = guess.logits(); // [B, C] or [K, B, C]
        Tensor each = Tensor.arange(classes, logits.device()).repeatInterleave(0, samples); // [S]
        Tensor shares = guess.probabilities().moveDim(-1, 0).over(samples); // [C, B] or [C, K, B]
        boolean isOfSamples = logits.rank() > 2;
        Tensor weights = isOfSamples
                ? shares.reshape(each.size(0), logits.size(1))
                : shares.repeatInterleave(0, samples); // [S, B]
        return new Classes(
                each.unsqueeze(1).expand(weights.shape()),
                isOfSamples ? new Categorical(tiled(logits, classes), 0) : guess,
                Optional.of(weights),
                classes);
    }

    private static Tensor repeated(Tensor label, int count) {
        return label.expand(label.shape().prepend(count));
    }

    /** What there is of each of K samples, for each class of each: [K, B, ...] → [S, B, ...]. */
    Tensor ofEach(Tensor ofSamples) {
        return each == 1 ? ofSamples : tiled(ofSamples, each);
    }

    private static Tensor tiled(Tensor values, long times) {
        Shape shape = values.shape();
        return values.expand(shape.prepend(times))
                .reshape(shape.slice(1, shape.rank()).prepend(times * shape.size(0)));
    }

    /** The same of a distribution for each sample. */
    Distribution ofEach(Distribution ofSamples) {
        return each == 1 ? ofSamples : new OfEach(ofSamples, each);
    }

    /** One distribution for each sample, again for each class. */
    private record OfEach(Distribution of, long times) implements Distribution {
        @Override
        public Tensor logProb(Tensor value) {
            return tiled(of.logProb(value), times);
        }

        @Override
        public Tensor sample(int samples, Rng rng) {
            return tiled(of.sample(samples, rng).moveDim(0, 1), times).moveDim(0, 1);
        }

        @Override
        public Tensor centre() {
            return tiled(of.centre(), times);
        }
    }

    /** y with log q(y|x). */
    Scored scored() {
        return new Scored(values, () -> posterior.logProb(values));
    }

    /** The noise of what comes after: what sets classes apart must not be chance. */
    Rng noise(Pass pass) {
        return each == 1 ? pass.rng() : new SharedNoise(pass.rng(), each);
    }

    /** −log q(y|x) in nats of the labels that there are, the mean over all examples, in which those without one count 0. */
    static Tensor surprise(Categorical guess, Batch read, String label) {
        Tensor surprise = guess.logProb(read.get(label)).negate(); // [B] or [K, B]
        return surprise.times(read.present(label)).mean();
    }
}
