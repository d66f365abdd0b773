/**
 * Priors p(z|y): what latents are before anything is observed.
 */
@NullMarked
package dev.elbo.prior;

import org.jspecify.annotations.NullMarked;
