package dev.elbo.prior;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.distribution.Masked;
import dev.elbo.distribution.RoundedLogLogistic;
import dev.elbo.nn.ConvolutionStack;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;

/**
 * How many frames each state of a text has, given the states: whole numbers whose logarithms are logistic. In the place of a predictor
 * of log-durations by least squares, Kim et al. (2020), section 3.3, it is a distribution, so that the bound counts what durations cost.
 * As there, no gradient of it reaches the states.
 *
 * @param head to location and logarithm of the scale
 */
public record DurationPrior(ConvolutionStack stack, Linear head) implements Conditional<Distribution> {
    private static final int WIDTH = 3;

    /** Durations at first, in frames: about those of half a phone. */
    private static final double FIRST = Math.log(4);

    /** With initial weights. */
    public static DurationPrior of(int blocks, long width, Initializer initial) {
        return new DurationPrior(ConvolutionStack.of(blocks, width, WIDTH, initial), Linear.of(width, 2, initial));
    }

    /**
     * The distribution over INT64 [B, L].
     *
     * @param parents states [B, L, H], and 1 where a state counts, [B, L, 1]
     */
    @Override
    public Distribution given(Pass pass, Tensor... parents) {
        Tensor mask = parents[1];
        Tensor output = head.forward(stack.among(parents[0].detach(), mask, pass), pass);
        return new Masked(
                new RoundedLogLogistic(
                        output.get(-1, 0).plus(FIRST), output.get(-1, 1).minus(1), 1),
                mask.squeeze(-1));
    }
}
