package dev.elbo.nn;

import dev.elbo.tensor.Functional;
import dev.elbo.tensor.Nonlinearity;
import dev.elbo.tensor.Tensor;

/**
 * The transpose of {@link Conv2d}, which enlarges: [..., in, H, W] → [..., out, H', W'] with
 * H' = (H − 1) stride − 2 padding + kernel + extraRows.
 *
 * @param weight [in, out, kernel, kernel]
 * @param bias [out]
 * @param extraRows 0 or more rows that the stride leaves undetermined, below stride
 * @param extraColumns the same of columns
 */
public record ConvTranspose2d(Tensor weight, Tensor bias, int stride, int padding, int extraRows, int extraColumns)
        implements Fusible {

    /** With initial weights. */
    public static ConvTranspose2d of(
            long in,
            long out,
            int kernel,
            int stride,
            int padding,
            int extraRows,
            int extraColumns,
            Initializer initial) {
        double area = (double) kernel * kernel;
        double reaching = area / (stride * stride); // of a kernel's places, those that an output pixel is made from
        Tensor weight = initial.weight(in * reaching, out * area, in, out, kernel, kernel);
        return new ConvTranspose2d(weight, initial.constant(0, out), stride, padding, extraRows, extraColumns);
    }

    @Override
    public Tensor then(Nonlinearity f, Tensor x) {
        return Leading.folded(
                x,
                3,
                images ->
                        Functional.convTranspose2d(images, weight, bias, stride, padding, extraRows, extraColumns, f));
    }
}
