package dev.elbo.likelihood;

import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;
import java.util.List;

/** How the states of a decoder become probabilities of words. */
public interface WordHead extends Module {

    /**
     * The log-probability of each token, in nats.
     *
     * @param states before each token, [N, T, H]
     * @param tokens INT64 [N, T]
     * @return [N, T]
     */
    Tensor logProb(Tensor states, Tensor tokens, Known known, Pass pass);

    /**
     * Unnormalised log-probabilities of all words to come next.
     *
     * @param state [N, H]
     * @return [N, V]
     */
    Tensor scores(Tensor state, Known known, Pass pass);

    /**
     * What N sentences are written from.
     *
     * @param vector z, and what else is known as a vector, [N, D]
     * @param source the states of the words of another sentence, [N, S, E], and these words, INT64 [N, S]; empty where there is none
     */
    record Known(Tensor vector, List<Tensor> source) {
        /** Copies the list. */
        public Known {
            source = List.copyOf(source);
        }

        /** The states of the words of another sentence. */
        Tensor states() {
            return source.get(0);
        }

        /** The words of another sentence. */
        Tensor words() {
            return source.get(1);
        }
    }
}
