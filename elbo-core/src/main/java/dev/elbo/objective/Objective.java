package dev.elbo.objective;

import dev.elbo.data.Batch;
import dev.elbo.model.LatentVariableModel;

/** What is optimised. */
public interface Objective {

    /** The loss of a batch, averaged over its examples. */
    Loss loss(LatentVariableModel model, Batch batch, Step step);

    /** Whether the loss of a batch is the mean of those of its parts, so that they may be computed side by side. */
    default boolean isMeanOverExamples() {
        return false;
    }
}
