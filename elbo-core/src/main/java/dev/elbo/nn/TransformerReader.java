package dev.elbo.nn;

import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Words in their context, read by a transformer: INT64 [B, T], 0 behind a sentence's end → [B, T, D]. No word looks at what lies
 * behind the end. Vaswani et al. (2017), section 3.1, with learned places.
 *
 * @param places a vector for each place, [longest, D]
 * @param norm of what the last block made
 */
public record TransformerReader(Embedding embedding, Tensor places, List<TransformerBlock> blocks, LayerNorm norm)
        implements Layer {
    /** The deviation of the first values of vectors, as of Radford et al. (2019). */
    static final double SMALL = 0.1;

    /** Copies the list. */
    public TransformerReader {
        blocks = List.copyOf(blocks);
    }

    /**
     * With initial weights.
     *
     * @param words of the vocabulary
     * @param longest words that it can read
     */
    public static TransformerReader of(
            long words, long width, int depth, int heads, long longest, Initializer initial) {
        return new TransformerReader(
                new Embedding(initial.normal(SMALL, words, width)),
                initial.normal(SMALL, longest, width),
                blocks(width, depth, heads, initial),
                LayerNorm.of(initial, width));
    }

    static List<TransformerBlock> blocks(long width, int depth, int heads, Initializer initial) {
        return IntStream.range(0, depth)
                .mapToObj(i -> TransformerBlock.of(width, heads, initial))
                .toList();
    }

    @Override
    public Tensor forward(Tensor tokens, Pass pass) {
        Tensor isWord = tokens.greaterThan(0).unsqueeze(1).unsqueeze(1); // [B, 1, 1, T]
        Tensor states = embedding.forward(tokens, pass).plus(places.narrow(0, 0, tokens.size(-1)));
        for (TransformerBlock block : blocks) {
            states = block.among(states, isWord, pass);
        }
        return norm.forward(states, pass);
    }
}
