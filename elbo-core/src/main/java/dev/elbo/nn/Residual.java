package dev.elbo.nn;

import dev.elbo.tensor.Tensor;

/** y = x + body(x), He et al. (2016); the body keeps the shape. */
public record Residual(Layer body) implements Layer {
    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return x.plus(body.forward(x, pass));
    }
}
