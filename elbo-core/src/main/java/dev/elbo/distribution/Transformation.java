package dev.elbo.distribution;

import dev.elbo.nn.Bijection;
import dev.elbo.tensor.Tensor;

/** A step of a flow with parameters of their own for each example, which an encoder puts out. It is known forwards alone. */
public interface Transformation {
    /**
     * f(z), with log |det ∂f(z)/∂z|.
     *
     * @param z [..., batch..., D]
     */
    Bijection.Image of(Tensor z);

    /** The same with parameters that are constant for gradients. */
    Transformation detached();
}
