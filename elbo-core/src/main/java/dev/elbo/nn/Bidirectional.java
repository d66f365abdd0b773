package dev.elbo.nn;

import dev.elbo.tensor.Tensor;

/**
 * Words in their context: embedded, and read by a recurrent network in each direction. Tokens INT64 [..., T], 0 behind a sentence's
 * end → [..., T, 2 H]. What lies behind the end changes no word before it. Schuster and Paliwal (1997).
 *
 * @param forward reads from the first word on, [..., T, E] → [..., T, H]
 * @param backward reads from the last word on
 */
public record Bidirectional(Embedding embedding, Layer forward, Layer backward) implements Layer {

    /** With GRUs and initial weights. */
    public static Bidirectional gru(long words, long width, long hidden, Initializer initial) {
        return new Bidirectional(
                new Embedding(initial.normal(0.1, words, width)),
                Gru.of(width, hidden, initial),
                Gru.of(width, hidden, initial));
    }

    /** With LSTMs and initial weights. */
    public static Bidirectional lstm(long words, long width, long hidden, Initializer initial) {
        return new Bidirectional(
                new Embedding(initial.normal(0.1, words, width)),
                Lstm.of(width, hidden, initial),
                Lstm.of(width, hidden, initial));
    }

    @Override
    public Tensor forward(Tensor tokens, Pass pass) {
        Tensor vectors = embedding.forward(tokens, pass); // [..., T, E]
        return new BothWays(forward, backward).read(vectors, tokens.greaterThan(0), pass);
    }
}
