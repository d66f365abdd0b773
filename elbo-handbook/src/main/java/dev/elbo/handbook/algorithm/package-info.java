/** Chapter 3: a step of training, reparameterisation, optimisation. */
@NullMarked
package dev.elbo.handbook.algorithm;

import org.jspecify.annotations.NullMarked;
