/**
 * How good a model is: from held-out examples to figures in nats.
 */
@NullMarked
package dev.elbo.evaluate;

import org.jspecify.annotations.NullMarked;
