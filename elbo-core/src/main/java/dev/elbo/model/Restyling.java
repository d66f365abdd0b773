package dev.elbo.model;

import dev.elbo.data.Batch;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;
import java.util.Map;

/** How a model says a text again in another style. */
@FunctionalInterface
public interface Restyling {
    /** The field of the style that a text was said in. */
    String SOURCE = "source";

    /**
     * The latents that a text is written from again, with the same fields as conditions.
     *
     * @param said the text, the style that it was said in, {@link #SOURCE}, and in the field of the label the style to be written
     * @param temperature of latents that the text does not settle
     * @return by latent, [B, event...]
     */
    Map<String, Tensor> latents(Batch said, double temperature, Pass pass);
}
