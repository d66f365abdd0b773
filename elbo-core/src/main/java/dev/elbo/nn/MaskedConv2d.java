package dev.elbo.nn;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Functional;
import dev.elbo.tensor.Nonlinearity;
import dev.elbo.tensor.Tensor;

/**
 * A cross-correlation whose output at a place sees no place after it, row by row: [..., in, H, W] → [..., out, H, W]. Van den
 * Oord et al. (2016), "Pixel Recurrent Neural Networks", section 3.4.
 *
 * @param weight [out, in, kernel, kernel], of which the entries behind the middle do not count; the kernel is odd
 * @param bias [out]
 * @param seesItself whether the place itself counts: mask B of the paper; else mask A
 */
public record MaskedConv2d(Tensor weight, Tensor bias, boolean seesItself) implements Fusible {

    /** With initial weights, scaled by how many of them count. */
    public static MaskedConv2d of(long in, long out, int kernel, boolean seesItself, Initializer initial) {
        double seen = Math.max(1, seen(kernel, seesItself));
        Tensor weight = initial.weight(in * seen, out * seen, out, in, kernel, kernel);
        return new MaskedConv2d(weight, initial.constant(0, out), seesItself);
    }

    @Override
    public Tensor then(Nonlinearity f, Tensor x) {
        int padding = (int) weight.size(-1) / 2;
        return Leading.folded(x, 3, maps -> Functional.conv2d(maps, weight.times(mask()), bias, 1, padding, f));
    }

    /** 1 at the places of the kernel that count, and 0 elsewhere, [kernel, kernel]. */
    private Tensor mask() {
        long kernel = weight.size(-1);
        return Tensor.arange(kernel * kernel, weight.device())
                .lessThan((double) seen(kernel, seesItself))
                .to(DType.FLOAT32)
                .reshape(kernel, kernel);
    }

    private static long seen(long kernel, boolean seesItself) {
        return kernel * kernel / 2 + (seesItself ? 1 : 0);
    }
}
