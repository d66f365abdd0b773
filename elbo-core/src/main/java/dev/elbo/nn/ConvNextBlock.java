package dev.elbo.nn;

import dev.elbo.tensor.Tensor;

/**
 * A residual block along a sequence: x + γ · narrow(gelu(wide(norm(depthwise(mask · x))))). Liu et al. (2022), "A ConvNet for the 2020s",
 * figure 4; along time, Siuzdak (2023), Vocos, section 3.2. What is padding is hidden from the convolution.
 *
 * @param wide to three times as many channels
 * @param scale γ, [C], small at first, so that a deep stack starts near the identity
 */
public record ConvNextBlock(DepthwiseConv1d depthwise, LayerNorm norm, Linear wide, Linear narrow, Tensor scale)
        implements Module {
    private static final int WIDTH = 7;
    private static final int WIDER = 3;

    /**
     * With initial weights.
     *
     * @param blocks of the stack that it is one of
     */
    public static ConvNextBlock of(long channels, int blocks, Initializer initial) {
        return new ConvNextBlock(
                DepthwiseConv1d.of(channels, WIDTH, initial),
                LayerNorm.of(initial, channels),
                Linear.of(channels, WIDER * channels, initial),
                Linear.of(WIDER * channels, channels, initial),
                initial.constant(1.0 / blocks, channels));
    }

    /**
     * The sum.
     *
     * @param x [..., T, channels]
     * @param mask 1 at steps that count and 0 at padding, [B, T, 1]
     */
    public Tensor among(Tensor x, Tensor mask, Pass pass) {
        Tensor seen = norm.forward(depthwise.forward(x.times(mask), pass), pass);
        Tensor mixed = narrow.forward(wide.forward(seen, pass).gelu(), pass);
        return x.plusProduct(mixed, scale);
    }
}
