package dev.elbo.likelihood;

import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Functional;
import dev.elbo.tensor.Tensor;

/**
 * Words scored by a linear map of the state, to which something of what is known is added: softmax(W (h + U z)).
 *
 * @param beside from what is known to what is added to each state
 * @param words from a state to the scores of all words
 */
public record PlainWords(Linear beside, Linear words) implements WordHead {

    /**
     * With initial weights.
     *
     * @param count words of the vocabulary
     * @param hidden units of a state
     * @param known dimensions of what is known
     */
    public static PlainWords of(long count, long hidden, long known, Initializer initial) {
        return new PlainWords(Linear.of(known, hidden, initial), Linear.of(hidden, count, initial));
    }

    @Override
    public Tensor logProb(Tensor states, Tensor tokens, Known known, Pass pass) {
        Tensor informed = states.plus(beside.forward(known.vector(), pass).unsqueeze(1));
        return Functional.categoricalLogProb(words.forward(informed, pass), tokens);
    }

    @Override
    public Tensor scores(Tensor state, Known known, Pass pass) {
        return words.forward(state.plus(beside.forward(known.vector(), pass)), pass);
    }
}
