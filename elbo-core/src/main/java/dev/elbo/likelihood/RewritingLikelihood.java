package dev.elbo.likelihood;

import dev.elbo.data.Vocabulary;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Writer;
import dev.elbo.distribution.Writing;
import dev.elbo.distribution.Written;
import dev.elbo.nn.BidirectionalGru;
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
 * p(x | z, c, y) of a sentence that says again, in style y, what the words c say. A GRU writes word by word, looks at all words of c
 * (Luong et al. 2015, eq. 7 and 8), and may copy one of them: with probability g it takes a word of the vocabulary, and else the
 * word that it looks at (See et al. 2017, eq. 9).
 *
 * @param content reads c
 * @param style a vector for each style
 * @param begin from z and style to the first state
 * @param query from a state to what it looks for among the words of c
 * @param joined from a state and what it saw to what is said
 * @param words to the scores of all words
 * @param gate to the log-odds of g
 * @param wordDropout probability with which a word that is read is hidden in training
 * @param longest tokens of a sentence that is made, its end included
 */
public record RewritingLikelihood(
        BidirectionalGru content,
        Embedding style,
        Embedding embedding,
        Linear begin,
        Gru gru,
        Linear query,
        Linear joined,
        Linear words,
        Linear gate,
        double wordDropout,
        int longest)
        implements Conditional<Distribution> {
    private static final double NEVER = Double.NEGATIVE_INFINITY;

    /** Keeps the logarithm of a probability from −∞. */
    private static final double TINY = 1e-12;

    /**
     * With initial weights.
     *
     * @param vocabulary number of words
     * @param width of a word's vector
     * @param hidden units of the GRUs
     * @param latents dimensions of z
     */
    public static RewritingLikelihood of(
            long vocabulary,
            long width,
            long hidden,
            long latents,
            long styles,
            double wordDropout,
            int longest,
            Initializer initial) {
        long known = latents + width;
        return new RewritingLikelihood(
                BidirectionalGru.of(vocabulary, width, hidden, initial),
                Embedding.of(styles, width, initial),
                new Embedding(initial.normal(0.1, vocabulary, width)),
                Linear.of(known, hidden, initial),
                Gru.of(width + known, hidden, initial),
                Linear.of(hidden, 2 * hidden, initial),
                Linear.of(3 * hidden, hidden, initial),
                Linear.of(hidden, vocabulary, initial),
                Linear.of(hidden, 1, initial),
                wordDropout,
                longest);
    }

    /** Sentences given z, [..., B, D], words INT64 [B, T] and styles INT64 [B]. */
    @Override
    public Distribution given(Pass pass, Tensor... parents) {
        return new Rewritten(this, parents[0], parents[1], parents[2], pass);
    }

    /** The vectors of sentences' words, [B, T, 2 H]. */
    public Tensor read(Tensor tokens, Pass pass) {
        return content.forward(tokens, pass);
    }

    /**
     * What is known of N sentences before one is written.
     *
     * @param known z and style, [N, D + E]
     * @param states of the words of c, [N, S, 2 H]
     * @param source the words of c, INT64 [N, S]
     */
    private record Known(Tensor known, Tensor states, Tensor source) {}

    /**
     * The parts of what comes next.
     *
     * @param scores of all words, [N, T, V]
     * @param looks the share of each word of c, [N, T, S]
     * @param fresh log g, [N, T, 1]
     * @param copied log (1 − g), [N, T, 1]
     */
    private record Said(Tensor scores, Tensor looks, Tensor fresh, Tensor copied) {}

    private record Rewritten(RewritingLikelihood likelihood, Tensor z, Tensor source, Tensor styles, Pass pass)
            implements Written {

        /**
         * Of N = K · B rows: z of each sample beside the words and the style of its sentence.
         *
         * @param all z, [..., B, D]
         */
        private Known known(Tensor all) {
            long rows = all.shape().dropLast(1).elements();
            long copies = rows / source.size(0);
            Tensor style = repeated(likelihood.style.forward(styles, pass), copies);
            return new Known(
                    Tensor.cat(-1, all.reshape(rows, all.size(-1)), style),
                    repeated(likelihood.read(source, pass), copies),
                    repeated(source, copies));
        }

        private static Tensor repeated(Tensor rows, long copies) {
            if (copies == 1) {
                return rows;
            }
            Shape one = rows.shape();
            long[] sizes = one.sizes().clone();
            sizes[0] *= copies;
            return rows.expand(one.prepend(copies)).reshape(Shape.of(sizes));
        }

        /** log Σ over ways to say each token, Σₜ log(g p(xₜ) + (1 − g) Σ_{s: c_s = xₜ} aₛ). */
        @Override
        public Tensor logProb(Tensor value) {
            Shape batch = z.shape().dropLast(1).broadcast(value.shape().dropLast(1));
            long length = value.size(-1);
            Tensor tokens = value.expand(batch.append(length)).reshape(batch.elements(), length);
            Known known = known(z.expand(batch.append(z.size(-1))));
            Said said = said(states(SentenceLikelihood.before(tokens, likelihood.wordDropout, pass), known), known);
            Tensor fresh = Functional.categoricalLogProb(said.scores(), tokens)
                    .plus(said.fresh().squeeze(-1));
            Tensor same =
                    tokens.unsqueeze(-1).equalTo(known.source().unsqueeze(1)).to(DType.FLOAT32); // [N, T, S]
            Tensor copied = said.looks()
                    .times(same)
                    .sum(-1)
                    .plus(TINY)
                    .log()
                    .plus(said.copied().squeeze(-1));
            Tensor isToken = tokens.greaterThan(0).to(DType.FLOAT32);
            return fresh.logAddExp(copied).times(isToken).sum(-1).reshape(batch);
        }

        private Tensor start(Known known) {
            return likelihood.begin.forward(known.known(), pass).tanh();
        }

        private Tensor states(Tensor read, Known known) {
            Tensor vectors = likelihood.embedding.forward(read, pass); // [N, T, E]
            Tensor beside = known.known()
                    .unsqueeze(1)
                    .expand(Shape.of(read.size(0), read.size(1), known.known().size(1)));
            return likelihood.gru.states(Tensor.cat(-1, vectors, beside), start(known));
        }

        /** @param states of the GRU, [N, T, H] */
        private Said said(Tensor states, Known known) {
            Tensor isPadding = known.source().equalTo(0).unsqueeze(1); // [N, 1, S]
            Tensor fit =
                    likelihood.query.forward(states, pass).matmul(known.states().transpose(1, 2)); // [N, T, S]
            double scale = 1 / Math.sqrt((double) known.states().size(2));
            Tensor looks = fit.times(scale).maskedFill(isPadding, NEVER).softmax(-1);
            Tensor seen = looks.matmul(known.states()); // [N, T, 2 H]
            Tensor told = likelihood
                    .joined
                    .forward(Tensor.cat(-1, states, seen), pass)
                    .tanh();
            Tensor gate = likelihood.gate.forward(told, pass);
            return new Said(
                    likelihood.words.forward(told, pass),
                    looks,
                    gate.logSigmoid(),
                    gate.negate().logSigmoid());
        }

        @Override
        public Tensor centre() {
            return write(1, Writing.greedy(), pass.rng()).squeeze(0);
        }

        @Override
        public Tensor write(int samples, Writing how, Rng rng) {
            Known known = known(z.expand(z.shape().prepend(samples)));
            Shape batch = z.shape().dropLast(1);
            Tensor tokens = how.write(
                    new Words(known),
                    known.known().size(0),
                    Vocabulary.BEGIN,
                    Vocabulary.END,
                    likelihood.longest,
                    z.device(),
                    rng);
            return tokens.reshape(batch.prepend(samples).append(likelihood.longest));
        }

        /** Writes word by word; what is remembered are the GRU's states and all that is known of each sentence. */
        private final class Words implements Writer {
            private final Known all;

            Words(Known all) {
                this.all = all;
            }

            @Override
            public Memory begin() {
                return Memory.of(start(all), all.known(), all.states(), all.source());
            }

            @Override
            public Next next(Memory memory, Tensor tokens, int place) {
                var parts = memory.parts();
                Known known = new Known(parts.get(1), parts.get(2), parts.get(3));
                Tensor word = likelihood.embedding.forward(tokens, pass);
                Tensor state = likelihood.gru.next(Tensor.cat(-1, word, known.known()), parts.get(0));
                Said said = said(state.unsqueeze(1), known);
                Tensor fresh = said.scores()
                        .logSoftmax(-1)
                        .plus(said.fresh())
                        .squeeze(1)
                        .exp(); // [N, V]
                Tensor copied = said.looks().times(said.copied().exp()).squeeze(1); // [N, S]
                Tensor scores =
                        fresh.scatterAdd(-1, known.source(), copied).plus(TINY).log();
                return new Next(
                        SentenceLikelihood.allowed(scores, place, likelihood.longest),
                        Memory.of(state, known.known(), known.states(), known.source()));
            }
        }
    }
}
