package dev.elbo.nn;

import dev.elbo.tensor.Tensor;

/**
 * Reads words by a GRU in each direction; the vector of all of them is the largest value of each unit, [B, 2 H].
 *
 * @param words to [B, S, 2 H]
 */
public record WordsReader(BidirectionalGru words) implements ContextReader {
    @Override
    public Read read(Tensor tokens, Pass pass) {
        Tensor states = words.forward(tokens, pass);
        return new Read(SentenceEncoder.largest(states, tokens.greaterThan(0)), states);
    }
}
