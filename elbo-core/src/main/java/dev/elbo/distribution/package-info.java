/**
 * Densities: what the outputs of networks mean. From parameters to log-densities in nats, samples and
 * divergences; a {@link dev.elbo.distribution.Conditional} is a network whose output is a distribution.
 */
@NullMarked
package dev.elbo.distribution;

import org.jspecify.annotations.NullMarked;
