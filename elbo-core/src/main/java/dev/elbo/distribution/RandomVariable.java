package dev.elbo.distribution;

import dev.elbo.tensor.Tensor;
import java.util.Optional;

/** What is known of every posterior, also of one that has a density for its own samples alone. */
public interface RandomVariable {
    /** The mean where values can be averaged, else the likeliest value, [batch..., event...]. */
    Tensor centre();

    /** KL(this ‖ other) in nats, [batch...], if it has a closed form. */
    default Optional<Tensor> klTo(Distribution other) {
        return Optional.empty();
    }

    /** KL(this ‖ other) of each element in nats, [batch..., event...], if both factorise and it has a closed form. */
    default Optional<Tensor> klPerElementTo(Distribution other) {
        return Optional.empty();
    }
}
