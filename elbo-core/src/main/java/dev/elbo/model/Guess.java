package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.data.Vocabulary;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;

/**
 * A network that guesses something of an example from one of its latents: so that the latent tells it, or, of an adversary, so that the
 * latent learns not to. John et al. (2019), sections 3.2 and 3.3; arXiv:1808.04339. It reads the centre of the posterior, as do three of
 * the four guesses in the authors' code.
 *
 * @param what is guessed, as in {@code style}: the beginning of the names of its terms
 * @param latent that it reads
 * @param answer what can be right
 * @param network from the latent to a score of each answer, [B, D] → [B, N]
 * @param weight what it counts in the loss
 */
public record Guess(String what, String latent, Answer answer, Layer network, double weight) implements Module {
    /** So low is the score of what is no answer: its probability is 0, and 0 times its logarithm is 0 too. */
    private static final double NONE = -1e9;

    /**
     * Validates the weight.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Guess {
        if (!(weight >= 0)) {
            throw new IllegalArgumentException("the weight of a guess is at least 0; got " + weight + " for " + what);
        }
    }

    /** What is right of examples. */
    public interface Answer extends Module {
        /** The logarithms of the probabilities of all answers, of their scores, [B, N] → [B, N]. */
        default Tensor logProbs(Tensor scores) {
            return scores.logSoftmax(-1);
        }

        /** The mean logarithm of the probability of what is right, [B, N] → [B]. */
        Tensor logProb(Tensor logProbs, Batch batch);
    }

    /** One of N classes. */
    public record OfClass(String field) implements Answer {
        @Override
        public Tensor logProb(Tensor logProbs, Batch batch) {
            return logProbs.gather(-1, batch.get(field).unsqueeze(-1)).squeeze(-1);
        }
    }

    /**
     * The bag of a sentence's words of content: each is as right as it is frequent there. Of a sentence without any nothing is asked, and
     * it counts 0.
     *
     * @param content 1 for a word of content, else 0, [V]; a buffer
     */
    public record OfWords(String field, Tensor content) implements Answer {
        @Override
        public Tensor logProbs(Tensor scores) {
            return scores.maskedFill(content.greaterThan(0).not(), NONE).logSoftmax(-1);
        }

        @Override
        public Tensor logProb(Tensor logProbs, Batch batch) {
            Tensor tokens = batch.get(field); // [B, T]
            Tensor isContent = content.select(0, tokens.reshape(-1))
                    .reshape(tokens.shape())
                    .times(tokens.greaterThan((double) Vocabulary.END).to(DType.FLOAT32));
            Tensor count = isContent.sum(-1).clamp(1, Float.MAX_VALUE);
            return logProbs.gather(-1, tokens).times(isContent).sum(-1).over(count);
        }
    }

    /** Products may be of few bits; scores are not. */
    private Tensor logProbs(Tensor code, Pass pass) {
        return answer.logProbs(network.forward(code, pass).to(DType.FLOAT32));
    }

    /** The latent that it reads, the centre of each example's posterior, [B, D]. */
    public Tensor code(Draw draw) {
        return draw.latents().stream()
                .filter(each -> each.name().equals(latent))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("a draw with the latent '" + latent + "' was expected; got "
                                + draw.latents().stream().map(Latent::name).toList()))
                .centre();
    }

    /** −log q(right|code) in nats, the mean over examples, of rank 0. */
    public Tensor surprise(Tensor code, Batch batch, Pass pass) {
        return answer.logProb(logProbs(code, pass), batch).mean().negate();
    }

    /** The entropy of what is guessed, −Σ q log q in nats, the mean over examples, of rank 0: log N where it knows nothing. */
    public Tensor entropy(Tensor code, Pass pass) {
        Tensor logProbs = logProbs(code, pass);
        return logProbs.exp().times(logProbs).sum(-1).mean().negate();
    }
}
