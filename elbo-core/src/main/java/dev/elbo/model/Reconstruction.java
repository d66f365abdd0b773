package dev.elbo.model;

import dev.elbo.distribution.Distribution;
import dev.elbo.tensor.Tensor;

/**
 * What a draw says of one field.
 *
 * @param likelihood p(x|z) of the field
 * @param logLikelihood log p(x|z) of the field in nats, [K, B]; 0 for an example that lacks the field
 */
public record Reconstruction(Distribution likelihood, Tensor logLikelihood) {}
