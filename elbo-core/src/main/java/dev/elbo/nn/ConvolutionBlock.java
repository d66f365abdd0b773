package dev.elbo.nn;

import dev.elbo.tensor.ResidualConvolution;
import dev.elbo.tensor.Tensor;

/**
 * A residual block along a sequence, normalised before it convolves: x + mix(gelu(conv(mask · norm(x)))). What is padding is hidden from
 * the convolution, so that a sequence is the same whatever it shares a batch with.
 *
 * @param norm over the channels of each step
 * @param conv from a step's neighbourhood
 * @param mix of the channels of each step
 */
public record ConvolutionBlock(LayerNorm norm, Conv1d conv, Linear mix) implements Module {

    /** With initial weights. */
    public static ConvolutionBlock of(long channels, int width, int dilation, Initializer initial) {
        return new ConvolutionBlock(
                LayerNorm.of(initial, channels),
                Conv1d.of(channels, channels, width, dilation, initial),
                Linear.of(channels, channels, initial));
    }

    /**
     * The sum.
     *
     * @param x [..., T, channels]
     * @param mask 1 at steps that count and 0 at padding, [B, T, 1]
     */
    public Tensor among(Tensor x, Tensor mask, Pass pass) {
        ResidualConvolution sum = new ResidualConvolution(
                norm.weight(), norm.bias(), conv.weight(), conv.bias(), mix.weight(), mix.bias(), conv.dilation());
        long steps = x.size(-2);
        Tensor ofEach = mask.expand(x.shape().dropLast(1).append(1)).reshape(-1, steps, 1);
        return sum.of(x.reshape(-1, steps, x.size(-1)), ofEach).reshape(x.shape());
    }
}
