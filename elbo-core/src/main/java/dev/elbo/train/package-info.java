/** How a model learns: batches flow in from the data, parameters out to checkpoints, and figures to logs. */
@NullMarked
package dev.elbo.train;

import org.jspecify.annotations.NullMarked;
