package dev.elbo.nn;

import dev.elbo.tensor.Tensor;

/**
 * A sentence as one vector: words are read in their context, and their states become one. Tokens INT64 [..., T], 0 behind a sentence's
 * end → [..., out]. What lies behind the end changes nothing.
 *
 * @param words to a state of each, [..., T, E]
 * @param pooling of all states
 * @param out from E to the output
 */
public record SentenceEncoder(Layer words, Pooling pooling, Linear out) implements Layer {
    @Override
    public Tensor forward(Tensor tokens, Pass pass) {
        return out.forward(pooling.of(words.forward(tokens, pass), tokens.greaterThan(0), pass), pass);
    }
}
