package dev.elbo.nn;

import dev.elbo.tensor.Tensor;

/** y = x + body(x), He et al. (2016). */
public record Residual(Layer body) implements Layer {

    /**
     * The sum.
     *
     * @throws IllegalArgumentException if the body changes the shape
     */
    @Override
    public Tensor forward(Tensor x, Pass pass) {
        Tensor y = body.forward(x, pass);
        if (!y.shape().equals(x.shape())) {
            throw new IllegalArgumentException(
                    "a residual's body must keep the shape " + x.shape() + "; it made " + y.shape());
        }
        return x.plus(y);
    }
}
