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
}
