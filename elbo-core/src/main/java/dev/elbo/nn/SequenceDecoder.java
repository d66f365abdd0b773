package dev.elbo.nn;

import dev.elbo.tensor.Tensor;
import java.util.List;

/**
 * A network that reads the tokens of a sequence one after another, each beside what is known of the sequence from the start: z, and
 * what else it is written from. Its state after a token tells which may come next.
 */
public interface SequenceDecoder extends Module {

    /**
     * The states after each token of whole sequences.
     *
     * @param tokens INT64 [N, T]
     * @param known [N, D]
     * @return [N, T, H]
     */
    Tensor states(Tensor tokens, Tensor known, Pass pass);

    /**
     * What is remembered before the first token.
     *
     * @param known [N, D]
     * @return [N, ...] each
     */
    List<Tensor> begin(Tensor known, Pass pass);

    /**
     * Reads one more token of each sequence.
     *
     * @param memory what {@link #begin} or the step before returned
     * @param tokens INT64 [N]
     * @param place how many tokens were read before
     */
    Step next(List<Tensor> memory, Tensor tokens, int place, Pass pass);

    /**
     * A step.
     *
     * @param state after the token, [N, H]
     * @param memory to go on with
     */
    record Step(Tensor state, List<Tensor> memory) {
        /** Copies the list. */
        public Step {
            memory = List.copyOf(memory);
        }
    }
}
