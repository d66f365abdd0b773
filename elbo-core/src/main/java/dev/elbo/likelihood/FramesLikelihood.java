package dev.elbo.likelihood;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Laplace;
import dev.elbo.distribution.Masked;
import dev.elbo.nn.ConvolutionStack;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Pass;
import dev.elbo.nn.Postnet;
import dev.elbo.nn.Upsample;
import dev.elbo.tensor.Tensor;
import java.util.Optional;

/**
 * p(x|z, c) of frames: Laplace, with a scale for each channel that is learned.
 *
 * @param logScale [M]
 * @param postnet what is added to the frames to make them finer, if anything is
 */
public record FramesLikelihood(
        Upsample up, ConvolutionStack stack, Linear out, Tensor logScale, Optional<Postnet> postnet)
        implements Conditional<Distribution> {
    private static final int WIDTH = 5;

    /** With initial weights. */
    public static FramesLikelihood of(
            long channels, int blocks, long width, int stride, long latents, Initializer initial) {
        return new FramesLikelihood(
                Upsample.of(latents, width, stride, initial),
                ConvolutionStack.of(blocks, width, WIDTH, initial),
                Linear.of(width, channels, initial),
                initial.constant(0, channels),
                Optional.empty());
    }

    /** The same with a postnet. */
    public FramesLikelihood finer(Postnet net) {
        return new FramesLikelihood(up, stack, out, logScale, Optional.of(net));
    }

    /**
     * The distribution over [..., B, T, M].
     *
     * @param parents z [..., B, T / stride, Z]; what is known of each frame, [B, T, H]; and 1 where a frame counts, [B, T, 1]
     */
    @Override
    public Distribution given(Pass pass, Tensor... parents) {
        Tensor mask = parents[2];
        Tensor made = out.forward(stack.among(up.forward(parents[0], pass).plus(parents[1]), mask, pass), pass);
        Tensor loc = postnet.map(net -> net.among(made, mask, pass)).orElse(made);
        return new Masked(new Laplace(loc, logScale, 2), mask);
    }
}
