package dev.elbo.nn;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * One step for every few: [..., T, in] → [..., T / stride, out], a cross-correlation as wide as its stride.
 *
 * @param linear from the steps beside each other, [out, stride · in]
 * @param stride steps that become one
 */
public record Downsample(Linear linear, int stride) implements Layer {
    /** With initial weights. */
    public static Downsample of(long in, long out, int stride, Initializer initial) {
        return new Downsample(Linear.of(in * stride, out, initial), stride);
    }

    /**
     * The fewer steps.
     *
     * @throws IllegalArgumentException if the steps cannot be divided
     */
    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return linear.forward(beside(x, stride), pass);
    }

    /** Steps beside each other as one vector: [..., T, C] → [..., T / stride, stride · C]. */
    static Tensor beside(Tensor x, int stride) {
        Shape shape = x.shape();
        if (shape.size(-2) % stride != 0) {
            throw new IllegalArgumentException(shape.size(-2) + " steps cannot be taken " + stride + " at a time");
        }
        return x.reshape(shape.dropLast(2).append(shape.size(-2) / stride).append(shape.size(-1) * stride));
    }
}
