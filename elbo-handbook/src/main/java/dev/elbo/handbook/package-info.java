/**
 * The experiments of the handbook: a small class for each figure, over the public interface of elbo-core. {@link
 * dev.elbo.handbook.Handbook} lists them and writes their files.
 */
@NullMarked
package dev.elbo.handbook;

import org.jspecify.annotations.NullMarked;
