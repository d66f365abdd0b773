package dev.elbo.nn;

import dev.elbo.tensor.Tensor;

/**
 * A cross-correlation along a sequence, of each channel by itself, which keeps its length: [..., T, C] → [..., T, C]. Behind both ends
 * there are zeros.
 *
 * @param weight [width, C]; the width is odd
 * @param bias [C]
 */
public record DepthwiseConv1d(Tensor weight, Tensor bias) implements Layer {
    private static final int TIME = -2;

    /**
     * With initial weights.
     *
     * @throws IllegalArgumentException if the width is even
     */
    public static DepthwiseConv1d of(long channels, int width, Initializer initial) {
        if (width < 1 || width % 2 == 0) {
            throw new IllegalArgumentException("a kernel that keeps the length has an odd width; got " + width);
        }
        return new DepthwiseConv1d(
                initial.weight((double) width, (double) width, width, channels), initial.constant(0, channels));
    }

    /** Σᵢ x(t + i − width / 2) wᵢ: one multiplication of all channels for each place of the kernel. */
    @Override
    public Tensor forward(Tensor x, Pass pass) {
        long width = weight.size(0);
        Tensor padded = x.pad(TIME, width / 2, width / 2, 0);
        Tensor sum = bias.expand(x.shape());
        for (long i = 0; i < width; i++) {
            sum = sum.plusProduct(padded.narrow(TIME, i, x.size(TIME)), weight.get(0, i));
        }
        return sum;
    }
}
