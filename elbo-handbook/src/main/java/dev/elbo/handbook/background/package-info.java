/** Chapter 1: what generative models are, where they came from, their kinds. */
@NullMarked
package dev.elbo.handbook.background;

import org.jspecify.annotations.NullMarked;
