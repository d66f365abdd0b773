package dev.elbo.model;

import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * Noise that several alternatives have in common, each of which is random by itself: what sets them apart is then theirs and not
 * chance (common random numbers; Glasserman and Yao 1992).
 *
 * @param noise where it comes from
 * @param alternatives C, whose samples lie one after the other in the second dimension, [·, C · K, ...]
 */
record SharedNoise(Rng noise, long alternatives) implements Rng {
    @Override
    public Tensor normal(Shape shape) {
        return shared(noise.normal(once(shape)), shape);
    }

    @Override
    public Tensor uniform(Shape shape) {
        return shared(noise.uniform(once(shape)), shape);
    }

    /** [·, 1, K, ...]. */
    private Shape once(Shape shape) {
        return shape.slice(2, shape.rank())
                .prepend(shape.size(1) / alternatives)
                .prepend(1)
                .prepend(shape.size(0));
    }

    private Tensor shared(Tensor drawn, Shape shape) {
        long[] sizes = drawn.shape().sizes();
        sizes[1] = alternatives;
        return drawn.expand(Shape.of(sizes)).reshape(shape);
    }
}
