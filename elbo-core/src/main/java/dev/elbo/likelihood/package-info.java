/**
 * Likelihoods p(x|z, y): from latents to a distribution over what is observed.
 */
@NullMarked
package dev.elbo.likelihood;

import org.jspecify.annotations.NullMarked;
