package dev.elbo.nn;

import dev.elbo.tensor.Functional;
import dev.elbo.tensor.Nonlinearity;
import dev.elbo.tensor.Tensor;

/**
 * y = x · weightᵀ + bias: [..., in] → [..., out].
 *
 * @param weight [out, in]
 * @param bias [out]
 */
public record Linear(Tensor weight, Tensor bias) implements Fusible {

    /** With initial weights. */
    public static Linear of(long in, long out, Initializer initial) {
        return new Linear(initial.weight((double) in, (double) out, out, in), initial.constant(0, out));
    }

    @Override
    public Tensor then(Nonlinearity f, Tensor x) {
        return Functional.linear(x, weight, bias, f);
    }

    /** A sum over the vectors: one that stands beside several of another is multiplied once, and not once beside each. */
    @Override
    public Tensor forward(Pass pass, Tensor... vectors) {
        if (!Leading.differ(vectors)) {
            return forward(Leading.joined(vectors), pass);
        }
        Tensor sum = bias;
        long from = 0;
        for (Tensor vector : vectors) {
            long width = vector.size(-1);
            sum = sum.plus(Functional.linear(vector, weight.narrow(1, from, width), null));
            from += width;
        }
        return sum;
    }
}
