package dev.elbo.nn;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;

/** The words of a sentence as one vector: [..., T, E] → [..., E]. What lies behind the sentence's end does not count. */
public interface Pooling extends Module {

    /**
     * The vector.
     *
     * @param states [..., T, E]
     * @param isWord BOOL [..., T]
     */
    Tensor of(Tensor states, Tensor isWord, Pass pass);

    /** The largest value of each unit. */
    record Largest() implements Pooling {
        @Override
        public Tensor of(Tensor states, Tensor isWord, Pass pass) {
            return states.maskedFill(isWord.not().unsqueeze(-1), Double.NEGATIVE_INFINITY)
                    .max(states.rank() - 2);
        }
    }

    /** The mean of each unit. */
    record Mean() implements Pooling {
        @Override
        public Tensor of(Tensor states, Tensor isWord, Pass pass) {
            Tensor counts = isWord.to(DType.FLOAT32).unsqueeze(-1);
            return states.times(counts).sum(states.rank() - 2).over(counts.sum(states.rank() - 2));
        }
    }

    /**
     * A mean in which words weigh softmax(wᵀ h). Lin et al. (2017), "A Structured Self-Attentive Sentence Embedding", eq. 5 with one
     * linear layer; arXiv:1703.03130.
     *
     * @param weigh from a state to the logarithm of its weight
     */
    record Attention(Linear weigh) implements Pooling {
        @Override
        public Tensor of(Tensor states, Tensor isWord, Pass pass) {
            Tensor weights = weigh.forward(states, pass)
                    .maskedFill(isWord.not().unsqueeze(-1), Double.NEGATIVE_INFINITY)
                    .softmax(states.rank() - 2);
            return states.times(weights).sum(states.rank() - 2);
        }
    }
}
