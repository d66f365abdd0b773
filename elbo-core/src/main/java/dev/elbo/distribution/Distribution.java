package dev.elbo.distribution;

import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.Optional;

/**
 * A batch of distributions over events. Its parameters are [batch..., event...]; log-densities are in
 * nats, natural logarithms, summed over the event's dimensions.
 */
public interface Distribution {

    /**
     * log p(value) in nats.
     *
     * @param value [..., event...], broadcast against the batch
     * @return [...]
     */
    Tensor logProb(Tensor value);

    /** Independent draws, [samples, batch..., event...]; no gradient passes through them. */
    Tensor sample(int samples, Rng rng);

    /** The expectation, [batch..., event...]. */
    Tensor mean();

    /** KL(this ‖ other) in nats, [batch...], if it has a closed form. */
    default Optional<Tensor> klTo(Distribution other) {
        return Optional.empty();
    }
}
