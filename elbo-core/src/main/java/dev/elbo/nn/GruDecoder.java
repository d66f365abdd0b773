package dev.elbo.nn;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;

/**
 * A GRU whose first state is made of what is known, and which reads that beside each token. Bowman et al. (2016), section 2, with the
 * unit of Cho et al. (2014).
 *
 * @param begin from what is known to the first state
 */
public record GruDecoder(Embedding embedding, Gru gru, Linear begin) implements SequenceDecoder {

    /**
     * With initial weights.
     *
     * @param count words of the vocabulary
     * @param width of a word's vector
     * @param hidden units of the GRU
     * @param known dimensions of what is known
     */
    public static GruDecoder of(long count, long width, long hidden, long known, Initializer initial) {
        return new GruDecoder(
                new Embedding(initial.normal(0.1, count, width)),
                Gru.of(width + known, hidden, initial),
                Linear.of(known, hidden, initial));
    }

    @Override
    public Tensor states(Tensor tokens, Tensor known, Pass pass) {
        Tensor vectors = embedding.forward(tokens, pass); // [N, T, E]
        Tensor beside = known.unsqueeze(1).expand(Shape.of(tokens.size(0), tokens.size(1), known.size(1)));
        return gru.states(Tensor.cat(-1, vectors, beside), start(known, pass));
    }

    private Tensor start(Tensor known, Pass pass) {
        return begin.forward(known, pass).tanh();
    }

    @Override
    public List<Tensor> begin(Tensor known, Pass pass) {
        return List.of(start(known, pass), known);
    }

    @Override
    public Step next(List<Tensor> memory, Tensor tokens, int place, Pass pass) {
        Tensor known = memory.get(1);
        Tensor read = Tensor.cat(-1, embedding.forward(tokens, pass), known);
        Tensor state = gru.next(read, memory.get(0));
        return new Step(state, List.of(state, known));
    }
}
