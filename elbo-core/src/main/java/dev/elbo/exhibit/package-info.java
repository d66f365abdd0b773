/**
 * What a trained model is shown by: from what a generator makes to pictures, text and sound in files. An exhibit is one
 * small file; {@link dev.elbo.exhibit.Exhibits} lists them.
 */
@NullMarked
package dev.elbo.exhibit;

import org.jspecify.annotations.NullMarked;
