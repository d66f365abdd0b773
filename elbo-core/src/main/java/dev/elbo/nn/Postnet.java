package dev.elbo.nn;

import dev.elbo.tensor.Tensor;

/**
 * What is added to frames that were made, to make them finer: convolutions that see what stands beside them. Shen et al. (2018), Tacotron 2,
 * section 2.2.
 *
 * @param in from the channels of a frame
 * @param out to the same, [M, H]; 0 at first, so that nothing is added
 */
public record Postnet(Conv1d in, ConvolutionStack stack, Linear out) implements Module {
    private static final int WIDTH = 5;

    /** With initial weights. */
    public static Postnet of(long channels, int blocks, long width, Initializer initial) {
        return new Postnet(
                Conv1d.of(channels, width, WIDTH, 1, initial),
                ConvolutionStack.of(blocks, width, WIDTH, initial),
                new Linear(initial.constant(0, channels, width), initial.constant(0, channels)));
    }

    /**
     * Finer frames.
     *
     * @param x [..., T, M]
     * @param mask 1 at frames that count and 0 at padding, [B, T, 1]
     */
    public Tensor among(Tensor x, Tensor mask, Pass pass) {
        return x.plus(out.forward(stack.among(in.forward(x.times(mask), pass), mask, pass), pass));
    }
}
