package dev.elbo.likelihood;

import dev.elbo.data.Vocabulary;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Writer;
import dev.elbo.distribution.Writing;
import dev.elbo.distribution.Written;
import dev.elbo.nn.GruDecoder;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.nn.SequenceDecoder;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * p(x|z, c) = Π_t p(x_t | x_{&lt;t}, z, c) of a sentence, word by word: a decoder reads the words before, and a head makes
 * probabilities of its state. Bowman et al. (2016), section 2. A sentence ends with its end token; padding behind it is not scored.
 * Its parents are z, [..., B, D]; and if it is written from something, a vector of that, [B, C], and perhaps the states of another
 * sentence's words, [B, S, E], and these words, INT64 [B, S].
 *
 * <p>In training a word that the decoder reads is hidden with probability {@code wordDropout} (section 3.1 there), so that it must
 * ask z. What is scored stays.
 *
 * @param longest tokens of a sentence that is made, its end included
 */
public record SentenceLikelihood(SequenceDecoder decoder, WordHead head, double wordDropout, int longest)
        implements Conditional<Distribution> {
    /**
     * With a GRU, a plain head, and initial weights.
     *
     * @param count words of the vocabulary
     * @param width of a word's vector
     * @param hidden units of the GRU
     * @param known dimensions of z and of what else is given as a vector
     */
    public static SentenceLikelihood of(
            long count, long width, long hidden, long known, double wordDropout, int longest, Initializer initial) {
        return new SentenceLikelihood(
                GruDecoder.of(count, width, hidden, known, initial),
                PlainWords.of(count, hidden, known, initial),
                wordDropout,
                longest);
    }

    /** Sentences given z, and what else they are written from. */
    @Override
    public Distribution given(Pass pass, Tensor... parents) {
        return new Sentences(this, parents[0], List.of(parents).subList(1, parents.length), pass);
    }

    /**
     * Sentences of tokens, INT64 [..., T], their end last and 0 behind it.
     *
     * @param z [batch..., D]
     * @param from what else they are written from: [B, ...] each
     */
    private record Sentences(SentenceLikelihood likelihood, Tensor z, List<Tensor> from, Pass pass) implements Written {

        /** Of N rows: z of each sample beside what its example is written from. */
        private WordHead.Known known(Shape batch) {
            Tensor latents = rows(z, batch, 1);
            if (from.isEmpty()) {
                return new WordHead.Known(latents, List.of());
            }
            Tensor vector = Tensor.cat(-1, latents, rows(from.get(0), batch, 1));
            List<Tensor> source = new ArrayList<>();
            for (Tensor part : from.subList(1, from.size())) {
                source.add(rows(part, batch, part.rank() - 1));
            }
            return new WordHead.Known(vector, source);
        }

        /** As [N, event...], for every element of a batch. */
        private static Tensor rows(Tensor part, Shape batch, int eventRank) {
            Shape event = part.shape().last(eventRank);
            return part.expand(batch.append(event.sizes())).reshape(event.prepend(batch.elements()));
        }

        private Shape batch() {
            Shape batch = z.shape().dropLast(1);
            return from.isEmpty() ? batch : batch.broadcast(from.get(0).shape().dropLast(1));
        }

        @Override
        public Tensor logProb(Tensor value) {
            Shape batch = batch().broadcast(value.shape().dropLast(1));
            WordHead.Known known = known(batch);
            Tensor tokens = rows(value, batch, 1);
            Tensor read = before(tokens, likelihood.wordDropout, pass);
            Tensor states = likelihood.decoder.states(read, known.vector(), pass);
            Tensor logProb = likelihood.head.logProb(states, tokens, known, pass); // [N, T]
            Tensor isToken = tokens.greaterThan(0).to(DType.FLOAT32);
            return logProb.times(isToken).sum(-1).reshape(batch);
        }

        /** The sentence that is written when the likeliest word is taken each time, [batch..., longest]. */
        @Override
        public Tensor centre() {
            return write(1, Writing.greedy(), pass.rng()).squeeze(0);
        }

        @Override
        public Tensor write(int samples, Writing how, Rng rng) {
            Shape all = batch().prepend(samples);
            WordHead.Known known = known(all);
            Tensor tokens = how.write(
                    new Words(known),
                    all.elements(),
                    Vocabulary.BEGIN,
                    Vocabulary.END,
                    likelihood.longest,
                    z.device(),
                    rng);
            return tokens.reshape(all.append(likelihood.longest));
        }

        /** Writes word by word; what is remembered are the vector, the source, and what the decoder remembers. */
        private final class Words implements Writer {
            private final WordHead.Known known;
            private final int sources;

            Words(WordHead.Known known) {
                this.known = known;
                this.sources = known.source().size();
            }

            private Memory memory(WordHead.Known known, List<Tensor> decoder) {
                List<Tensor> parts = new ArrayList<>(List.of(known.vector()));
                parts.addAll(known.source());
                parts.addAll(decoder);
                return new Memory(parts);
            }

            @Override
            public Memory begin() {
                return memory(known, likelihood.decoder.begin(known.vector(), pass));
            }

            @Override
            public Next next(Memory memory, Tensor tokens, int place) {
                List<Tensor> parts = memory.parts();
                WordHead.Known rows = new WordHead.Known(parts.get(0), parts.subList(1, 1 + sources));
                SequenceDecoder.Step step =
                        likelihood.decoder.next(parts.subList(1 + sources, parts.size()), tokens, place, pass);
                Tensor scores = likelihood.head.scores(step.state(), rows, pass);
                return new Next(allowed(scores, place, likelihood.longest), memory(rows, step.memory()));
            }
        }
    }

    /** What is read before each token: the beginning, and the tokens up to it, some of them hidden in training. */
    private static Tensor before(Tensor tokens, double wordDropout, Pass pass) {
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
    private static Tensor allowed(Tensor scores, int place, int longest) {
        Tensor ids = Tensor.arange(scores.size(-1), scores.device());
        Tensor forbidden = place == longest - 1
                ? ids.equalTo((double) Vocabulary.END).not()
                : ids.lessThan((double) Vocabulary.END);
        return scores.maskedFill(forbidden, Double.NEGATIVE_INFINITY);
    }
}
