/**
 * Posteriors q(z|x, y): from what is observed to a distribution over latents.
 */
@NullMarked
package dev.elbo.posterior;

import org.jspecify.annotations.NullMarked;
