package dev.elbo.nn;

import dev.elbo.tensor.Tensor;

/** Reads the words that something is written from: INT64 [B, S], 0 behind the last. */
public interface ContextReader extends Module {

    /** What was read. */
    Read read(Tensor words, Pass pass);

    /**
     * Words as they were understood.
     *
     * @param vector of all of them, [B, C]
     * @param states of each, [B, S, E]
     */
    record Read(Tensor vector, Tensor states) {}
}
