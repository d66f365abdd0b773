/** Pictures changed by a trained model: a picture becomes latents, latents are moved, mixed or fitted, and become a picture. */
@NullMarked
package dev.elbo.edit;

import org.jspecify.annotations.NullMarked;
