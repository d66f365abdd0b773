package dev.elbo.nn;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A transformer that reads tokens, each of which looks at those before it; a vector made of what is known is added to each. While it
 * writes, the keys and values of what was read are remembered. Vaswani et al. (2017), section 3.1; z as in Li et al. (2020), Optimus,
 * section 3.2, "embedding".
 *
 * @param places a vector for each place, [longest, D]
 * @param begin from what is known to what is added to each token
 * @param norm of what the last block made
 */
public record TransformerDecoder(
        Embedding embedding, Tensor places, Linear begin, List<TransformerBlock> blocks, LayerNorm norm)
        implements SequenceDecoder {

    /** Copies the list. */
    public TransformerDecoder {
        blocks = List.copyOf(blocks);
    }

    /**
     * With initial weights.
     *
     * @param count words of the vocabulary
     * @param known dimensions of what is known
     * @param longest tokens that it can read
     */
    public static TransformerDecoder of(
            long count, long width, int depth, int heads, long known, long longest, Initializer initial) {
        return new TransformerDecoder(
                new Embedding(initial.normal(TransformerReader.SMALL, count, width)),
                initial.normal(TransformerReader.SMALL, longest, width),
                Linear.of(known, width, initial),
                TransformerReader.blocks(width, depth, heads, initial),
                LayerNorm.of(initial, width));
    }

    @Override
    public Tensor states(Tensor tokens, Tensor known, Pass pass) {
        long length = tokens.size(1);
        Tensor order = Tensor.arange(length, tokens.device());
        Tensor isBefore = order.unsqueeze(1).lessThan(order).not(); // [T, T]: the second stands no later than the first
        Tensor states = embedding
                .forward(tokens, pass)
                .plus(places.narrow(0, 0, length))
                .plus(begin.forward(known, pass).unsqueeze(1));
        for (TransformerBlock block : blocks) {
            states = block.among(states, isBefore, pass);
        }
        return norm.forward(states, pass);
    }

    /** What is added to each token, [N, D]; then keys and values of each block, [N, T, D]. */
    @Override
    public List<Tensor> begin(Tensor known, Pass pass) {
        List<Tensor> memory = new ArrayList<>(List.of(begin.forward(known, pass)));
        Tensor none = Tensor.zeros(known.dtype(), known.device(), Shape.of(known.size(0), 0, places.size(1)));
        blocks.forEach(block -> memory.addAll(List.of(none, none)));
        return memory;
    }

    @Override
    public Step next(List<Tensor> memory, Tensor tokens, int place, Pass pass) {
        Tensor state =
                embedding.forward(tokens, pass).plus(places.get(0, place)).plus(memory.get(0));
        List<Tensor> grown = new ArrayList<>(List.of(memory.get(0)));
        for (int i = 0; i < blocks.size(); i++) {
            MultiHeadAttention.Next next =
                    blocks.get(i).next(state, memory.get(2 * i + 1), memory.get(2 * i + 2), pass);
            state = next.seen();
            grown.addAll(List.of(next.keys(), next.values()));
        }
        return new Step(norm.forward(state, pass), grown);
    }
}
