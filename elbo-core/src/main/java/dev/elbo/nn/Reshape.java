package dev.elbo.nn;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * Another shape for each example: [..., from...] → [..., to...].
 *
 * @param from the trailing dimensions of the input
 * @param to those of the output, with as many elements
 */
public record Reshape(Shape from, Shape to) implements Layer {

    /**
     * Validates the shapes.
     *
     * @throws IllegalArgumentException if they have different numbers of elements
     */
    public Reshape {
        if (from.elements() != to.elements()) {
            throw new IllegalArgumentException(
                    from + " has " + from.elements() + " elements, and " + to + " has " + to.elements());
        }
    }

    /** An example as one vector. */
    public static Reshape flatten(Shape from) {
        return new Reshape(from, Shape.of(from.elements()));
    }

    /** A vector as an example of this shape. */
    public static Reshape unflatten(Shape to) {
        return new Reshape(Shape.of(to.elements()), to);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        Shape shape = x.shape();
        if (shape.rank() < from.rank() || !shape.last(from.rank()).equals(from)) {
            throw new IllegalArgumentException("expected examples of shape " + from + "; got an input of " + shape);
        }
        return x.reshape(to.prepend(shape.dropLast(from.rank()).sizes()));
    }
}
