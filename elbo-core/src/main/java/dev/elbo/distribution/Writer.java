package dev.elbo.distribution;

import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.List;

/**
 * A network that writes sequences of tokens one token after another, N of them at once: a recurrent network remembers a state of each, a
 * Transformer the keys and values of all tokens before.
 */
public interface Writer {

    /**
     * The memory of N sequences.
     *
     * @param parts [N, ...] each
     */
    record Memory(List<Tensor> parts) {
        /** Copies the list. */
        public Memory {
            parts = List.copyOf(parts);
        }

        /** Of parts, one after another. */
        public static Memory of(Tensor... parts) {
            return new Memory(List.of(parts));
        }

        /** The memories of some sequences, each as often as it is named: INT64 [M] of 0 … N − 1. */
        Memory select(Tensor rows) {
            return new Memory(parts.stream().map(part -> part.select(0, rows)).toList());
        }

        /** The same, which outlives a scope. */
        Memory kept(Scope scope) {
            return new Memory(parts.stream().map(scope::keep).toList());
        }
    }

    /**
     * The scores of the tokens that may follow, and the memory to go on with.
     *
     * @param scores of every token to come next, unnormalised log-probabilities [N, V]; −∞ for those that must not
     * @param memory of the sequences with the token
     */
    record Next(Tensor scores, Memory memory) {}

    /** What is remembered before the first token. */
    Memory begin();

    /**
     * Reads one more token of each sequence.
     *
     * @param tokens INT64 [N]
     * @param place how many tokens were read before
     */
    Next next(Memory memory, Tensor tokens, int place);
}
