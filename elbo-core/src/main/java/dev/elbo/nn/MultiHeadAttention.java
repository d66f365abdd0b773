package dev.elbo.nn;

import dev.elbo.tensor.Functional;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * The members of a sequence look at each other by several heads at once: [..., N, D] → [..., N, D]. Vaswani et al. (2017), section
 * 3.2.2: each head has its own D / heads dimensions of q, k and v.
 *
 * @param looks from D to q, k and v, 3 D
 * @param out from what all heads have seen, side by side, to D
 * @param heads how many; a divisor of D
 */
public record MultiHeadAttention(Linear looks, Linear out, int heads) implements Layer {
    private static final int PARTS = 3;

    /**
     * With initial weights.
     *
     * @throws IllegalArgumentException if the width cannot be divided between the heads
     */
    public static MultiHeadAttention of(long width, int heads, Initializer initial) {
        if (heads < 1 || width % heads != 0) {
            throw new IllegalArgumentException(
                    "heads share the width between them; got width " + width + " and heads " + heads);
        }
        return new MultiHeadAttention(
                Linear.of(width, PARTS * width, initial), Linear.of(width, width, initial), heads);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        Tensor all = looks.forward(x, pass);
        Tensor seen = Functional.scaledDotProductAttention(part(all, 0), part(all, 1), part(all, 2), null);
        return out.forward(
                seen.transpose(-3, -2).reshape(x.shape()), pass); // [..., N, heads, D / heads] as [..., N, D]
    }

    /** One of q, k and v, [..., heads, N, D / heads]. */
    private Tensor part(Tensor all, int which) {
        long width = all.size(-1) / PARTS;
        Tensor part = all.narrow(-1, which * width, width);
        Shape shape = part.shape().dropLast(1).append(heads, width / heads);
        return part.reshape(shape).transpose(-3, -2);
    }
}
