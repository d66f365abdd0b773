package dev.elbo.nn;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
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
}
