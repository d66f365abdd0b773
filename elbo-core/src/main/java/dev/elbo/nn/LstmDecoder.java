package dev.elbo.nn;

import dev.elbo.tensor.Recurrent;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;

/**
 * An LSTM whose first output and cell are made of what is known, and which reads that beside each token. Bowman et al. (2016), section
 * 2.
 *
 * @param begin from what is known to the first output and cell, 2 H
 */
public record LstmDecoder(Embedding embedding, Lstm lstm, Linear begin) implements SequenceDecoder {

    /**
     * With initial weights.
     *
     * @param count words of the vocabulary
     * @param width of a word's vector
     * @param hidden units of the LSTM
     * @param known dimensions of what is known
     */
    public static LstmDecoder of(long count, long width, long hidden, long known, Initializer initial) {
        return new LstmDecoder(
                new Embedding(initial.normal(0.1, count, width)),
                Lstm.of(width + known, hidden, initial),
                Linear.of(known, 2 * hidden, initial));
    }

    @Override
    public Tensor states(Tensor tokens, Tensor known, Pass pass) {
        Tensor vectors = embedding.forward(tokens, pass); // [N, T, E]
        Tensor beside = known.unsqueeze(1).expand(Shape.of(tokens.size(0), tokens.size(1), known.size(1)));
        return lstm.states(Tensor.cat(-1, vectors, beside), start(known, pass)).all();
    }

    private Recurrent.Memory start(Tensor known, Pass pass) {
        Tensor both = begin.forward(known, pass).tanh();
        long hidden = lstm.hidden();
        return new Recurrent.Memory(both.narrow(1, 0, hidden), both.narrow(1, hidden, hidden));
    }

    @Override
    public List<Tensor> begin(Tensor known, Pass pass) {
        Recurrent.Memory start = start(known, pass);
        return List.of(start.output(), start.cell(), known);
    }

    @Override
    public Step next(List<Tensor> memory, Tensor tokens, int place, Pass pass) {
        Tensor known = memory.get(2);
        Tensor read = Tensor.cat(-1, embedding.forward(tokens, pass), known);
        Recurrent.Memory next = lstm.next(read, new Recurrent.Memory(memory.get(0), memory.get(1)));
        return new Step(next.output(), List.of(next.output(), next.cell(), known));
    }
}
