package dev.elbo.nn;

import dev.elbo.tensor.Tensor;

/**
 * A deterministic network, or a part of one. Layers act on the trailing dimensions that they know and
 * leave any leading ones alone: [K, B, in] → [K, B, out].
 */
public interface Layer extends Module {

    /** The output for one input. */
    Tensor forward(Tensor x, Pass pass);
}
