package dev.elbo.nn;

import dev.elbo.tensor.Functional;
import dev.elbo.tensor.Tensor;

/**
 * Layer normalisation, Ba et al. (2016): each example is centred and scaled over its trailing
 * dimensions, those of {@code weight}.
 *
 * @param weight scale, of the normalised shape
 * @param bias shift, of the same
 */
public record LayerNorm(Tensor weight, Tensor bias) implements Layer {
    private static final double EPSILON = 1e-5;

    /** Over the trailing dimensions of these sizes. */
    public static LayerNorm of(Initializer initial, long... shape) {
        return new LayerNorm(initial.constant(1, shape), initial.constant(0, shape));
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return Functional.layerNorm(x, weight, bias, EPSILON);
    }
}
