/** Chapter 2: graphical models, variational inference, autoencoders, and the VAE among them. */
@NullMarked
package dev.elbo.handbook.concepts;

import org.jspecify.annotations.NullMarked;
