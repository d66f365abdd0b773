package dev.elbo.distribution;

import dev.elbo.tensor.Tensor;
import java.util.Map;

/** A likelihood with further terms of the loss, which help to learn it and are no part of the bound. */
public interface Aided extends Distribution {

    /**
     * The terms by name, in nats an example, of rank 0.
     *
     * @param value what was observed, [B, event...]
     */
    Map<String, Tensor> aids(Tensor value);
}
