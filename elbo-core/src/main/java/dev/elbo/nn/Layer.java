package dev.elbo.nn;

import dev.elbo.tensor.Tensor;

/**
 * A deterministic network, or a part of one. Layers act on the trailing dimensions that they know and
 * leave any leading ones alone: [K, B, in] → [K, B, out].
 */
public interface Layer extends Module {

    /** The output for one input. */
    Tensor forward(Tensor x, Pass pass);

    /**
     * The output for vectors that are one input, side by side: [..., n₁], [..., n₂], … with leading dimensions that are broadcast
     * to one another, [B, 784] beside [K, B, 10] → [K, B, 794].
     */
    default Tensor forward(Pass pass, Tensor... vectors) {
        return forward(Leading.joined(vectors), pass);
    }
}
