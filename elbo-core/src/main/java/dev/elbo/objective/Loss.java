package dev.elbo.objective;

import dev.elbo.tensor.Tensor;
import java.util.Map;

/**
 * What a step minimises, and what it is made of.
 *
 * @param total of rank 0, with gradients
 * @param terms to be logged by name, in nats unless the name says otherwise, of rank 0
 */
public record Loss(Tensor total, Map<String, Tensor> terms) {}
