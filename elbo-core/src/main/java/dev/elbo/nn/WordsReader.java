package dev.elbo.nn;

import dev.elbo.tensor.Tensor;

/**
 * Reads words in their context; the vector of all of them is the largest value of each unit, [B, E].
 *
 * @param words to [B, S, E]
 */
public record WordsReader(Layer words) implements ContextReader {
    @Override
    public Read read(Tensor tokens, Pass pass) {
        Tensor states = words.forward(tokens, pass);
        return new Read(new Pooling.Largest().of(states, tokens.greaterThan(0), pass), states);
    }
}
