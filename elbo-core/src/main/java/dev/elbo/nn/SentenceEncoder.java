package dev.elbo.nn;

import dev.elbo.tensor.Tensor;

/**
 * A sentence as one vector: words are embedded, read by a GRU in each direction, and the largest value of each unit over the
 * sentence is kept. Tokens INT64 [..., T], 0 behind a sentence's end → [..., out]. What lies behind the end changes nothing.
 *
 * @param forward reads from the first word on
 * @param backward reads from the last word on
 * @param out from both readings to the output
 */
public record SentenceEncoder(Embedding embedding, Gru forward, Gru backward, Linear out) implements Layer {
    /** Lower than any state of a GRU, which lie in (−1, 1). */
    private static final double BELOW = -2;

    /**
     * With initial weights.
     *
     * @param words size of the vocabulary
     * @param width of a word's vector
     * @param hidden units of the GRU of each direction
     */
    public static SentenceEncoder of(long words, long width, long hidden, long out, Initializer initial) {
        return new SentenceEncoder(
                new Embedding(initial.normal(0.1, words, width)),
                Gru.of(width, hidden, initial),
                Gru.of(width, hidden, initial),
                Linear.of(2 * hidden, out, initial));
    }

    @Override
    public Tensor forward(Tensor tokens, Pass pass) {
        Tensor isWord = tokens.greaterThan(0);
        Tensor vectors = embedding.forward(tokens, pass); // [B, T, E]
        Tensor there = forward.forward(vectors, pass);
        Tensor back = backward.forward(BidirectionalGru.reversed(vectors, isWord), pass);
        return out.forward(Tensor.cat(-1, largest(there, isWord), largest(back, isWord)), pass);
    }

    /** The largest value of each unit over a sentence, [..., T, H] → [..., H]. */
    public static Tensor largest(Tensor states, Tensor isWord) {
        return states.maskedFill(isWord.not().unsqueeze(-1), BELOW).max(states.rank() - 2);
    }
}
