package dev.elbo.prior;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.nn.ConvolutionStack;
import dev.elbo.nn.Downsample;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;

/**
 * p(z|c) of a vector for every few frames, given what is known of each frame: Ren et al. (2021), PortaSpeech, section 3.2, without a flow.
 * What is padding is N(0, 1) here as in the posterior, so that it costs nothing.
 *
 * @param head to means and log-variances
 */
public record FramesPrior(Downsample down, ConvolutionStack stack, Linear head) implements Conditional<DiagonalNormal> {
    private static final int WIDTH = 3;

    /** With initial weights. */
    public static FramesPrior of(int blocks, long width, int stride, long latents, Initializer initial) {
        return new FramesPrior(
                Downsample.of(width, width, stride, initial),
                ConvolutionStack.of(blocks, width, WIDTH, initial),
                Linear.of(width, 2 * latents, initial));
    }

    /**
     * The distribution over [B, T / stride, Z].
     *
     * @param parents what is known, [B, T, H], and 1 where a step of z counts, [B, T / stride, 1]
     */
    @Override
    public DiagonalNormal given(Pass pass, Tensor... parents) {
        Tensor mask = parents[1];
        Tensor output = head.forward(stack.among(down.forward(parents[0], pass), mask, pass), pass);
        return DiagonalNormal.ofSteps(output, mask);
    }
}
