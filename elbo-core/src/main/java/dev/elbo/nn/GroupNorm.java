package dev.elbo.nn;

import dev.elbo.tensor.Functional;
import dev.elbo.tensor.Tensor;

/**
 * Group normalisation of images [..., C, H, W], Wu and He (2018): each example is centred and scaled
 * over groups of channels, independently of its batch.
 *
 * @param weight scale, [C]
 * @param bias shift, [C]
 * @param groups a divisor of C
 */
public record GroupNorm(Tensor weight, Tensor bias, int groups) implements Layer {
    private static final double EPSILON = 1e-5;

    /**
     * With unit scale.
     *
     * @throws IllegalArgumentException if {@code groups} does not divide {@code channels}
     */
    public static GroupNorm of(int groups, long channels, Initializer initial) {
        if (groups < 1 || channels % groups != 0) {
            throw new IllegalArgumentException(channels + " channels do not divide into " + groups + " groups");
        }
        return new GroupNorm(initial.constant(1, channels), initial.constant(0, channels), groups);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return Leading.folded(x, 3, images -> Functional.groupNorm(images, groups, weight, bias, EPSILON));
    }
}
