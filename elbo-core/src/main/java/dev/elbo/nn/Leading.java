package dev.elbo.nn;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Leading dimensions, for operations that know only one of them. */
final class Leading {
    private Leading() {}

    /** Applies {@code operation} on [N, event...] where x is [..., event...]. */
    static Tensor folded(Tensor x, int eventRank, UnaryOperator<Tensor> operation) {
        Shape shape = x.shape();
        if (shape.rank() < eventRank) {
            throw new IllegalArgumentException(
                    "a layer over the last " + eventRank + " dimensions got an input of shape " + shape);
        }
        if (shape.rank() == eventRank + 1) {
            return operation.apply(x);
        }
        Shape leading = shape.dropLast(eventRank);
        Tensor y = operation.apply(x.reshape(shape.last(eventRank).prepend(leading.elements())));
        return y.reshape(y.shape().last(y.rank() - 1).prepend(leading.sizes()));
    }

    /** Vectors side by side, [..., n₁ + n₂ + …], with their leading dimensions broadcast to one another. */
    static Tensor joined(Tensor... vectors) {
        if (vectors.length == 1) {
            return vectors[0];
        }
        Shape leading = leading(vectors);
        Tensor[] expanded = new Tensor[vectors.length];
        for (int i = 0; i < vectors.length; i++) {
            expanded[i] = vectors[i].expand(leading.append(vectors[i].size(-1)));
        }
        return Tensor.cat(-1, expanded);
    }

    /** Whether one of these vectors stands beside several of another. */
    static boolean differ(Tensor... vectors) {
        long all = leading(vectors).elements();
        return Arrays.stream(vectors)
                .anyMatch(vector -> vector.shape().dropLast(1).elements() < all);
    }

    private static Shape leading(Tensor... vectors) {
        return Arrays.stream(vectors).map(vector -> vector.shape().dropLast(1)).reduce(Shape.of(), Shape::broadcast);
    }
}
