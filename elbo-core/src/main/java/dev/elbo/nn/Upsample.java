package dev.elbo.nn;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * Several steps for each: [..., T, in] → [..., T · stride, out], the transpose of a cross-correlation as wide as its stride.
 *
 * @param linear to the steps beside each other, [stride · out, in]
 * @param stride steps that each becomes
 */
public record Upsample(Linear linear, int stride) implements Layer {
    /** With initial weights. */
    public static Upsample of(long in, long out, int stride, Initializer initial) {
        return new Upsample(Linear.of(in, out * stride, initial), stride);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        Tensor y = linear.forward(x, pass);
        Shape shape = y.shape();
        return y.reshape(shape.dropLast(2).append(shape.size(-2) * stride).append(shape.size(-1) / stride));
    }
}
