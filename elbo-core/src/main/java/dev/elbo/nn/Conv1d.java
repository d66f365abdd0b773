package dev.elbo.nn;

import dev.elbo.tensor.Functional;
import dev.elbo.tensor.Tensor;

/**
 * A cross-correlation along a sequence, which keeps its length: [..., T, in] → [..., T, out]. Behind both ends there are zeros.
 *
 * @param weight [out, in, width], as PyTorch has it; the width is odd
 * @param bias [out]
 * @param dilation steps from one that the kernel sees to the next; 1 if it sees all
 */
public record Conv1d(Tensor weight, Tensor bias, int dilation) implements Layer {
    private static final int TIME = -2;

    /**
     * With initial weights.
     *
     * @throws IllegalArgumentException if the width is even, or the dilation not positive
     */
    public static Conv1d of(long in, long out, int width, int dilation, Initializer initial) {
        if (width < 1 || width % 2 == 0 || dilation < 1) {
            throw new IllegalArgumentException(
                    "a kernel that keeps the length has an odd width and a positive dilation; got " + width + " and "
                            + dilation);
        }
        Tensor weight = initial.weight((double) in * width, (double) out * width, out, in, width);
        return new Conv1d(weight, initial.constant(0, out), dilation);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        int width = (int) weight.size(2);
        if (width == 1) {
            return Functional.linear(x, weight.squeeze(2), bias);
        }
        Tensor y = Functional.conv1d(x.reshape(-1, x.size(TIME), x.size(-1)), weight, bias, dilation);
        return y.reshape(x.shape().dropLast(1).append(weight.size(0)));
    }
}
