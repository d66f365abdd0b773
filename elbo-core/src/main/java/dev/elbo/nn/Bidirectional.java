package dev.elbo.nn;

import dev.elbo.tensor.DType;
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
        Tensor isWord = tokens.greaterThan(0);
        Tensor vectors = embedding.forward(tokens, pass); // [..., T, E]
        Tensor there = forward.forward(vectors, pass);
        Tensor back = reversed(backward.forward(reversed(vectors, isWord), pass), isWord);
        return Tensor.cat(-1, there, back);
    }

    /** Each sentence from its last word to its first; the padding behind it stays where it is. */
    private static Tensor reversed(Tensor vectors, Tensor isWord) {
        Tensor ones = isWord.to(DType.INT64);
        Tensor lengths = ones.sum(-1).unsqueeze(-1); // [..., 1]
        Tensor places = ones.zerosLike().plus(Tensor.arange(vectors.size(-2), vectors.device()));
        Tensor mirrored = isWord.where(lengths.minus(places).minus(1), places); // [..., T]
        return vectors.gather(vectors.rank() - 2, mirrored.unsqueeze(-1).expand(vectors.shape()));
    }
}
