package dev.elbo.nn;

import dev.elbo.tensor.Tensor;

/** A category as a vector of zeros and a one: INT64 [...] → [..., classes]. */
public record OneHot(int classes) implements Layer {
    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return x.oneHot(classes);
    }
}
