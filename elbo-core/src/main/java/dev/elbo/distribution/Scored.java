package dev.elbo.distribution;

import dev.elbo.tensor.Tensor;
import java.util.function.Supplier;

/**
 * A sample with its log-density, which is computed only if asked for. A flow, say, knows the density
 * of its own samples alone.
 *
 * @param value [K, batch..., event...]
 * @param density computes the log-density in nats, [K, batch...]
 */
public record Scored(Tensor value, Supplier<Tensor> density) {

    /** The log-density of the value in nats, [K, batch...]. */
    public Tensor logProb() {
        return density.get();
    }
}
