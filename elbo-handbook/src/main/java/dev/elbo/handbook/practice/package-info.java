/** Chapter 5: a VAE on MNIST, a conditional VAE, a β-VAE. */
@NullMarked
package dev.elbo.handbook.practice;

import org.jspecify.annotations.NullMarked;
