package dev.elbo.prior;

import dev.elbo.distribution.Categorical;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Masked;
import dev.elbo.nn.ConvolutionStack;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;

/**
 * How high each state of a text is said, given the states: one of some steps of pitch, or voiceless. In the place of a predictor of the
 * pitch by least squares, Łańcucki (2021), FastPitch, section 2.1, it is a distribution, so that the bound counts what a melody costs. No
 * gradient of it reaches the states.
 *
 * @param head to logits of the steps
 */
public record PitchPrior(ConvolutionStack stack, Linear head) implements Conditional<Distribution> {
    private static final int WIDTH = 3;

    /**
     * With initial weights.
     *
     * @param steps of pitch, with that of what is voiceless
     */
    public static PitchPrior of(int blocks, long width, int steps, Initializer initial) {
        return new PitchPrior(ConvolutionStack.of(blocks, width, WIDTH, initial), Linear.of(width, steps, initial));
    }

    /**
     * The distribution over INT64 [B, L].
     *
     * @param parents states [B, L, H], and 1 where a state counts, [B, L, 1]
     */
    @Override
    public Distribution given(Pass pass, Tensor... parents) {
        Tensor mask = parents[1];
        Tensor logits = head.forward(stack.among(parents[0].detach(), mask, pass), pass);
        return new Masked(new Categorical(logits, 1), mask.squeeze(-1));
    }
}
