package dev.elbo.nn;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;

/**
 * A recurrent layer in each direction over sequences that end at different places: [..., T, in] → [..., T, 2 H]. What lies behind a
 * sequence's end changes nothing before it. Schuster and Paliwal (1997).
 *
 * @param forward reads from the first place on, [..., T, in] → [..., T, H]
 * @param backward reads from the last place on
 */
public record BothWays(Layer forward, Layer backward) implements Module {

    /** With GRUs and initial weights. */
    public static BothWays gru(long in, long hidden, Initializer initial) {
        return new BothWays(Gru.of(in, hidden, initial), Gru.of(in, hidden, initial));
    }

    /**
     * What is read, the states of both directions side by side.
     *
     * @param vectors [..., T, in]
     * @param isThere BOOL [..., T]: true before a sequence's end
     * @return [..., T, 2 H]
     */
    public Tensor read(Tensor vectors, Tensor isThere, Pass pass) {
        Tensor there = forward.forward(vectors, pass);
        Tensor back = reversed(backward.forward(reversed(vectors, isThere), pass), isThere);
        return Tensor.cat(-1, there, back);
    }

    /** Each sequence from its last place to its first; the padding behind it stays where it is. */
    private static Tensor reversed(Tensor vectors, Tensor isThere) {
        Tensor ones = isThere.to(DType.INT64);
        Tensor lengths = ones.sum(-1).unsqueeze(-1); // [..., 1]
        Tensor places = ones.zerosLike().plus(Tensor.arange(vectors.size(-2), vectors.device()));
        Tensor mirrored = isThere.where(lengths.minus(places).minus(1), places); // [..., T]
        return vectors.gather(vectors.rank() - 2, mirrored.unsqueeze(-1).expand(vectors.shape()));
    }
}
