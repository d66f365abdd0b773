/**
 * What a trained model makes: from latents to samples, reconstructions, interpolations and traversals.
 */
@NullMarked
package dev.elbo.generate;

import org.jspecify.annotations.NullMarked;
