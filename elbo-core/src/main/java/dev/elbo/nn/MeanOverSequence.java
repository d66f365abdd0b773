package dev.elbo.nn;

import dev.elbo.tensor.Tensor;

/** The mean of a sequence's members: [..., N, D] → [..., D]. */
public record MeanOverSequence() implements Layer {
    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return x.mean(-2);
    }
}
