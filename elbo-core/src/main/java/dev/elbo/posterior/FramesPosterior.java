package dev.elbo.posterior;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.nn.Conv1d;
import dev.elbo.nn.ConvolutionStack;
import dev.elbo.nn.Downsample;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;

/**
 * q(z|x, c) of a vector for every few frames, given the frames and what is known of each. What is padding is N(0, 1) here as in the
 * prior, so that it costs nothing.
 *
 * @param in from the channels of a frame
 * @param head to means and log-variances
 */
public record FramesPosterior(Conv1d in, ConvolutionStack stack, Downsample down, Linear head)
        implements Conditional<DiagonalNormal> {
    private static final int WIDTH = 5;

    /** With initial weights. */
    public static FramesPosterior of(
            long channels, int blocks, long width, int stride, long latents, Initializer initial) {
        return new FramesPosterior(
                Conv1d.of(channels, width, WIDTH, 1, initial),
                ConvolutionStack.of(blocks, width, WIDTH, initial),
                Downsample.of(2 * width, width, stride, initial),
                Linear.of(width, 2 * latents, initial));
    }

    /**
     * The distribution over [B, T / stride, Z].
     *
     * @param parents frames [B, T, M]; what is known of them, [B, T, H]; 1 where a frame counts, [B, T, 1]; and where a step of z does,
     *     [B, T / stride, 1]
     */
    @Override
    public DiagonalNormal given(Pass pass, Tensor... parents) {
        Tensor known = parents[1];
        Tensor mask = parents[2];
        Tensor heard = stack.among(in.forward(parents[0], pass).plus(known), mask, pass)
                .times(mask);
        Tensor steps = down.forward(Tensor.cat(-1, heard, known.expand(heard.shape())), pass)
                .gelu();
        return DiagonalNormal.ofSteps(head.forward(steps, pass), parents[3]);
    }
}
