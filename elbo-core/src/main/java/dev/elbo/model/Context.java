package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.nn.Module;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;

/** What a model is given, y, made ready once for all of its conditionals. */
public interface Context extends Module {

    /**
     * The parents that prior, posterior and likelihood have in common.
     *
     * @param given examples, or conditions alone
     * @return [B, ...] each
     */
    Tensor[] of(Batch given, Pass pass);

    /** Whether it takes what tells the style out of a text, so that the rest can be said in another one. */
    default boolean takesStyle() {
        return false;
    }
}
