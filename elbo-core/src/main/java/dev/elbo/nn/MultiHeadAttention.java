package dev.elbo.nn;

import dev.elbo.tensor.Functional;
import dev.elbo.tensor.Tensor;
import org.jspecify.annotations.Nullable;

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
        return among(x, null, pass);
    }

    /**
     * Each member looks at those that it may.
     *
     * @param mask which these are, BOOL, that broadcasts to [..., heads, N, N]: true where the first looks at the second; null for all
     */
    public Tensor among(Tensor x, @Nullable Tensor mask, Pass pass) {
        Tensor all = looks.forward(x, pass);
        Tensor seen = Functional.scaledDotProductAttention(part(all, 0), part(all, 1), part(all, 2), mask);
        return out.forward(joined(seen), pass);
    }

    /**
     * What one more member of each sequence saw, and what later ones will look at.
     *
     * @param seen [N, D]
     * @param keys [N, T + 1, D]
     * @param values [N, T + 1, D]
     */
    public record Next(Tensor seen, Tensor keys, Tensor values) {}

    /**
     * One more member looks at those before it and at itself; their keys and values are remembered, and not computed anew.
     *
     * @param x the member, [N, D]
     * @param keys of those before, [N, T, D]
     * @param values of those before, [N, T, D]
     */
    public Next next(Tensor x, Tensor keys, Tensor values, Pass pass) {
        long width = x.size(-1);
        Tensor all = looks.forward(x, pass).unsqueeze(1); // [N, 1, 3 D]
        Tensor grownKeys = Tensor.cat(1, keys, all.narrow(-1, width, width));
        Tensor grownValues = Tensor.cat(1, values, all.narrow(-1, 2 * width, width));
        Tensor seen = Functional.scaledDotProductAttention(
                split(all.narrow(-1, 0, width)), split(grownKeys), split(grownValues), null);
        return new Next(out.forward(joined(seen).squeeze(1), pass), grownKeys, grownValues);
    }

    /** One of q, k and v, [..., heads, N, D / heads]. */
    private Tensor part(Tensor all, int which) {
        long width = all.size(-1) / PARTS;
        return split(all.narrow(-1, which * width, width));
    }

    /** [..., N, D] as [..., heads, N, D / heads]. */
    private Tensor split(Tensor x) {
        return x.reshape(x.shape().dropLast(1).append(heads, x.size(-1) / heads))
                .transpose(-3, -2);
    }

    /** [..., heads, N, D / heads] as [..., N, D]. */
    private static Tensor joined(Tensor seen) {
        Tensor beside = seen.transpose(-3, -2);
        return beside.reshape(
                beside.shape().dropLast(2).append(beside.shape().last(2).elements()));
    }
}
