package dev.elbo.nn;

import dev.elbo.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A block of a transformer, normalised before each of its halves: x' = x + attention(norm(x)), y = x' + down(gelu(up(norm(x')))).
 * Vaswani et al. (2017), section 3.1; norms as in Radford et al. (2019), section 2.3.
 *
 * @param up from D to 4 D
 * @param down from 4 D to D
 */
public record TransformerBlock(
        LayerNorm beforeAttention, MultiHeadAttention attention, LayerNorm beforeThought, Linear up, Linear down)
        implements Layer {
    private static final int WIDER = 4;

    /**
     * With initial weights.
     *
     * @throws IllegalArgumentException if the width cannot be divided between the heads
     */
    public static TransformerBlock of(long width, int heads, Initializer initial) {
        return new TransformerBlock(
                LayerNorm.of(initial, width),
                MultiHeadAttention.of(width, heads, initial),
                LayerNorm.of(initial, width),
                Linear.of(width, WIDER * width, initial),
                Linear.of(WIDER * width, width, initial));
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return among(x, null, pass);
    }

    /** The same where each member looks at those that a mask lets it, as {@link MultiHeadAttention#among} takes it. */
    public Tensor among(Tensor x, @Nullable Tensor mask, Pass pass) {
        return thought(x.plus(attention.among(beforeAttention.forward(x, pass), mask, pass)), pass);
    }

    /** The same of one more member, as {@link MultiHeadAttention#next} takes it. */
    public MultiHeadAttention.Next next(Tensor x, Tensor keys, Tensor values, Pass pass) {
        MultiHeadAttention.Next next = attention.next(beforeAttention.forward(x, pass), keys, values, pass);
        return new MultiHeadAttention.Next(thought(x.plus(next.seen()), pass), next.keys(), next.values());
    }

    private Tensor thought(Tensor x, Pass pass) {
        Tensor wide = Activation.GELU.forward(up.forward(beforeThought.forward(x, pass), pass), pass);
        return x.plus(down.forward(wide, pass));
    }
}
