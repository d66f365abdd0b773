/**
 * Deterministic networks: from a tensor to a tensor, through named parameters. They hold the parameters
 * that training moves and checkpoints keep; randomness and densities begin in
 * {@link dev.elbo.distribution}.
 */
@NullMarked
package dev.elbo.nn;

import org.jspecify.annotations.NullMarked;
