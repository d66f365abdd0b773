/**
 * How prior, posterior and likelihood make a draw: the one thing that objectives, training and evaluation know.
 */
@NullMarked
package dev.elbo.model;

import org.jspecify.annotations.NullMarked;
