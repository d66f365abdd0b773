package dev.elbo.nn;

import dev.elbo.tensor.Nonlinearity;
import dev.elbo.tensor.Tensor;

/** A layer that can apply the nonlinearity behind it in the same pass, as {@link Sequential} lets it. */
public interface Fusible extends Layer {
    /** f(y), of this layer's output y. */
    Tensor then(Nonlinearity f, Tensor x);

    @Override
    default Tensor forward(Tensor x, Pass pass) {
        return then(Nonlinearity.NONE, x);
    }
}
