package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/** A model that guesses what some examples say of themselves, such as a class, and learns from those that do. */
public interface Supervised extends LatentVariableModel {
    /**
     * What is to be learned from what is known of some examples, apart from the bound: penalties by name in nats, of rank 0, as they
     * are those of {@link #draw}.
     */
    Map<String, Tensor> supervision(Batch read, Pass pass);
}
