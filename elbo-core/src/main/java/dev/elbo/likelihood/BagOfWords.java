package dev.elbo.likelihood;

import dev.elbo.data.Vocabulary;
import dev.elbo.distribution.Aided;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Writing;
import dev.elbo.distribution.Written;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * Sentences whose words must be foretold, in whatever order, by z and what else is known: −Σ_w log softmax(bag(z, c))_w is added to
 * the loss, so that z cannot fall silent. Zhao, Zhao and Eskenazi (2017), section 3.3; arXiv:1703.10960.
 *
 * @param sentences the likelihood of the words in their order
 * @param bag from z and the vector of what is known, [..., D], to scores of all words, [..., V]
 */
public record BagOfWords(SentenceLikelihood sentences, Layer bag) implements Conditional<Distribution> {
    /** What the term is called. */
    public static final String NAME = "bagOfWords";

    @Override
    public Distribution given(Pass pass, Tensor... parents) {
        return new Foretold((Written) sentences.given(pass, parents), bag, pass, parents);
    }

    @SuppressWarnings("ArrayRecordComponent") // as parents are passed on
    private record Foretold(Written sentences, Layer bag, Pass pass, Tensor... parents) implements Written, Aided {
        @Override
        public Map<String, Tensor> aids(Tensor value) {
            Tensor z = parents[0];
            Tensor known = parents.length == 1
                    ? z
                    : Tensor.cat(-1, z, parents[1].expand(z.shape().dropLast(1).append(parents[1].size(-1))));
            Tensor logProbs = bag.forward(known, pass).logSoftmax(-1); // [..., B, V]
            Tensor tokens = value.expand(logProbs.shape().dropLast(1).append(value.size(-1)));
            Tensor logProb = logProbs.gather(-1, tokens);
            Tensor isWord = tokens.greaterThan((double) Vocabulary.END).to(DType.FLOAT32);
            return Map.of(NAME, logProb.times(isWord).sum(-1).mean().negate());
        }

        @Override
        public Tensor logProb(Tensor value) {
            return sentences.logProb(value);
        }

        @Override
        public Tensor centre() {
            return sentences.centre();
        }

        @Override
        public Tensor write(int samples, Writing how, Rng rng) {
            return sentences.write(samples, how, rng);
        }
    }
}
