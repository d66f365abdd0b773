package dev.elbo.nn;

import dev.elbo.tensor.Functional;
import dev.elbo.tensor.Nonlinearity;
import dev.elbo.tensor.Tensor;

/**
 * Two-dimensional cross-correlation: [..., in, H, W] → [..., out, H', W'] with
 * H' = ⌊(H + 2 padding − kernel) / stride⌋ + 1.
 *
 * @param weight [out, in, kernel, kernel]
 * @param bias [out]
 */
public record Conv2d(Tensor weight, Tensor bias, int stride, int padding) implements Fusible {

    /** With initial weights. */
    public static Conv2d of(long in, long out, int kernel, int stride, int padding, Initializer initial) {
        double area = (double) kernel * kernel;
        double reached = area / (stride * stride); // of a kernel's places, those in which it meets an input pixel
        Tensor weight = initial.weight(in * area, out * reached, out, in, kernel, kernel);
        return new Conv2d(weight, initial.constant(0, out), stride, padding);
    }

    @Override
    public Tensor then(Nonlinearity f, Tensor x) {
        return Leading.folded(x, 3, images -> Functional.conv2d(images, weight, bias, stride, padding, f));
    }
}
