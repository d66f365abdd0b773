package dev.elbo.likelihood;

import dev.elbo.data.Vocabulary;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Writer;
import dev.elbo.distribution.Writing;
import dev.elbo.distribution.Written;
import dev.elbo.nn.Embedding;
import dev.elbo.nn.Gru;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Functional;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * p(x|z) = Π_t p(x_t | x_{&lt;t}, z) of a sentence, word by word: a GRU whose first state is made of z, and which reads z beside
 * each word. Bowman et al. (2016), section 2. A sentence ends with its end token; padding behind it is not scored.
 *
 * <p>In training a word that the GRU reads is hidden with probability {@code wordDropout} (section 3.1 there), so that it must
 * ask z. What is scored stays.
 *
 * @param begin from z to the first state
 * @param beside from z to what is added to each state before words are scored
 * @param words from a state to the scores of all words
 * @param longest tokens of a sentence that is made, its end included
 */
public record SentenceLikelihood(
        Embedding embedding, Gru gru, Linear begin, Linear beside, Linear words, double wordDropout, int longest)
        implements Conditional<Distribution> {
    /**
     * With initial weights.
     *
     * @param count words of the vocabulary
     * @param width of a word's vector
     * @param hidden units of the GRU
     * @param latents dimensions of z
     */
    public static SentenceLikelihood of(
            long count, long width, long hidden, long latents, double wordDropout, int longest, Initializer initial) {
        return new SentenceLikelihood(
                new Embedding(initial.normal(0.1, count, width)),
                Gru.of(width + latents, hidden, initial),
                Linear.of(latents, hidden, initial),
                Linear.of(latents, hidden, initial),
                Linear.of(hidden, count, initial),
                wordDropout,
                longest);
    }

    /** Sentences given z, [..., D]. */
    @Override
    public Distribution given(Pass pass, Tensor... parents) {
        return new Sentences(this, parents[0], pass);
    }

    /**
     * Sentences of tokens, INT64 [..., T], their end last and 0 behind it.
     *
     * @param z [batch..., D]
     */
    private record Sentences(SentenceLikelihood likelihood, Tensor z, Pass pass) implements Written {
        @Override
        public Tensor logProb(Tensor value) {
            Shape batch = z.shape().dropLast(1).broadcast(value.shape().dropLast(1));
            long length = value.size(-1);
            Tensor tokens = value.expand(batch.append(length)).reshape(batch.elements(), length);
            Tensor latents = z.expand(batch.append(z.size(-1))).reshape(batch.elements(), z.size(-1));
            Tensor logProb = Functional.categoricalLogProb(
                    scores(before(tokens, likelihood.wordDropout, pass), latents), tokens); // [N, T]
            Tensor isToken = tokens.greaterThan(0).to(DType.FLOAT32);
            return logProb.times(isToken).sum(-1).reshape(batch);
        }

        private Tensor scores(Tensor read, Tensor latents) {
            Tensor vectors = likelihood.embedding.forward(read, pass); // [N, T, E]
            Tensor beside = latents.unsqueeze(1).expand(Shape.of(read.size(0), read.size(1), latents.size(1)));
            Tensor states = likelihood.gru.states(Tensor.cat(-1, vectors, beside), start(latents));
            Tensor informed =
                    states.plus(likelihood.beside.forward(latents, pass).unsqueeze(1));
            return likelihood.words.forward(informed, pass);
        }

        private Tensor start(Tensor latents) {
            return likelihood.begin.forward(latents, pass).tanh();
        }

        /** The sentence that is written when the likeliest word is taken each time, [batch..., longest]. */
        @Override
        public Tensor centre() {
            return write(1, Writing.greedy(), pass.rng()).squeeze(0);
        }

        @Override
        public Tensor write(int samples, Writing how, Rng rng) {
            Shape batch = z.shape().dropLast(1);
            Tensor rows = z.expand(z.shape().prepend(samples)).reshape(samples * batch.elements(), z.size(-1));
            Tensor tokens = how.write(
                    new Words(rows),
                    rows.size(0),
                    Vocabulary.BEGIN,
                    Vocabulary.END,
                    likelihood.longest,
                    z.device(),
                    rng);
            return tokens.reshape(batch.prepend(samples).append(likelihood.longest));
        }

        /** Writes word by word; what is remembered are the GRU's states and the latents. */
        private final class Words implements Writer {
            private final Tensor latents;

            Words(Tensor latents) {
                this.latents = latents;
            }

            @Override
            public Memory begin() {
                return Memory.of(start(latents), latents);
            }

            @Override
            public Next next(Memory memory, Tensor tokens, int place) {
                Tensor rows = memory.parts().get(1);
                Tensor word = likelihood.embedding.forward(tokens, pass);
                Tensor state = likelihood.gru.next(
                        Tensor.cat(-1, word, rows), memory.parts().get(0));
                Tensor informed = state.plus(likelihood.beside.forward(rows, pass));
                return new Next(
                        allowed(likelihood.words.forward(informed, pass), place, likelihood.longest),
                        Memory.of(state, rows));
            }
        }
    }

    /** What is read before each token: the beginning, and the tokens up to it, some of them hidden in training. */
    static Tensor before(Tensor tokens, double wordDropout, Pass pass) {
        Tensor begin = tokens.narrow(1, 0, 1).zerosLike().plus((double) Vocabulary.BEGIN);
        if (tokens.size(1) == 1) {
            return begin;
        }
        Tensor read = tokens.narrow(1, 0, tokens.size(1) - 1);
        if (pass.training() && wordDropout > 0) {
            Tensor hidden = pass.rng().uniform(read.shape()).lessThan(wordDropout);
            read = read.maskedFill(hidden, (double) Vocabulary.UNKNOWN);
        }
        return Tensor.cat(1, begin, read);
    }

    /** Padding and beginnings are never written, an unknown word is not either, and the last token is the end. */
    static Tensor allowed(Tensor scores, int place, int longest) {
        Tensor ids = Tensor.arange(scores.size(-1), scores.device());
        Tensor forbidden = place == longest - 1
                ? ids.equalTo((double) Vocabulary.END).not()
                : ids.lessThan((double) Vocabulary.END);
        return scores.maskedFill(forbidden, Double.NEGATIVE_INFINITY);
    }
}
