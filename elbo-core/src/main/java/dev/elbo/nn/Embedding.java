package dev.elbo.nn;

import dev.elbo.tensor.Functional;
import dev.elbo.tensor.Tensor;

/**
 * A learned vector for each category: INT64 [...] → [..., width].
 *
 * @param weight [count, width]
 */
public record Embedding(Tensor weight) implements Layer {

    /** With vectors of N(0, I). */
    public static Embedding of(long count, long width, Initializer initial) {
        return new Embedding(initial.normal(1, count, width));
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return Functional.embedding(x, weight);
    }
}
