/**
 * What is optimised: from a draw to a loss in nats.
 */
@NullMarked
package dev.elbo.objective;

import org.jspecify.annotations.NullMarked;
