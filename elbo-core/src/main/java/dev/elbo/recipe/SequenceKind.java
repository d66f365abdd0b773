package dev.elbo.recipe;

import dev.elbo.nn.Bidirectional;
import dev.elbo.nn.GruDecoder;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.LstmDecoder;
import dev.elbo.nn.SequenceDecoder;
import dev.elbo.nn.TransformerDecoder;
import dev.elbo.nn.TransformerReader;
import dev.elbo.option.Form;
import java.util.List;

/** Which networks read and write sequences of tokens, as an option: {@code gru}, {@code lstm}, {@code transformer(2)}. */
sealed interface SequenceKind {

    /**
     * Sizes of networks.
     *
     * @param words of the vocabulary
     * @param width of a word's vector
     * @param hidden units of a recurrent network, or of a transformer, whose words are as wide
     * @param longest tokens that are read
     */
    record Sizes(long words, long width, long hidden, long longest) {}

    /** INT64 [B, T] → the states of all tokens, [B, T, {@link #width}]. */
    Layer reader(Sizes sizes, Initializer initial);

    /** The width of a reader's states. */
    long width(long hidden);

    /**
     * A decoder with states of the hidden width.
     *
     * @param known dimensions of what is known
     */
    SequenceDecoder decoder(Sizes sizes, long known, Initializer initial);

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException naming those there are, if it is none of them
     */
    static SequenceKind parse(String text) {
        return Form.parse(
                text,
                List.of(
                        Form.named(new Gru()),
                        Form.named(new Lstm()),
                        new Form<SequenceKind>(new Transformer(2), Transformer::new)));
    }

    /** Gated recurrent units; what reads has one in each direction. */
    record Gru() implements SequenceKind {
        @Override
        public Layer reader(Sizes sizes, Initializer initial) {
            return Bidirectional.gru(sizes.words(), sizes.width(), sizes.hidden(), initial);
        }

        @Override
        public long width(long hidden) {
            return 2 * hidden;
        }

        @Override
        public SequenceDecoder decoder(Sizes sizes, long known, Initializer initial) {
            return GruDecoder.of(sizes.words(), sizes.width(), sizes.hidden(), known, initial);
        }

        @Override
        public String toString() {
            return "gru";
        }
    }

    /** Long short-term memories; what reads has one in each direction. */
    record Lstm() implements SequenceKind {
        @Override
        public Layer reader(Sizes sizes, Initializer initial) {
            return Bidirectional.lstm(sizes.words(), sizes.width(), sizes.hidden(), initial);
        }

        @Override
        public long width(long hidden) {
            return 2 * hidden;
        }

        @Override
        public SequenceDecoder decoder(Sizes sizes, long known, Initializer initial) {
            return LstmDecoder.of(sizes.words(), sizes.width(), sizes.hidden(), known, initial);
        }

        @Override
        public String toString() {
            return "lstm";
        }
    }

    /**
     * Transformers with a head for each 64 units, or one.
     *
     * @param depth blocks of each
     */
    record Transformer(int depth) implements SequenceKind {
        private static final int HEAD = 64;

        public Transformer {
            if (depth < 1) {
                throw new IllegalArgumentException("a transformer has one block or more; got " + depth);
            }
        }

        private static int heads(long hidden) {
            return hidden % HEAD == 0 ? (int) (hidden / HEAD) : 1;
        }

        @Override
        public Layer reader(Sizes sizes, Initializer initial) {
            return TransformerReader.of(
                    sizes.words(), sizes.hidden(), depth, heads(sizes.hidden()), sizes.longest(), initial);
        }

        @Override
        public long width(long hidden) {
            return hidden;
        }

        @Override
        public SequenceDecoder decoder(Sizes sizes, long known, Initializer initial) {
            return TransformerDecoder.of(
                    sizes.words(), sizes.hidden(), depth, heads(sizes.hidden()), known, sizes.longest(), initial);
        }

        @Override
        public String toString() {
            return "transformer(" + depth + ")";
        }
    }
}
