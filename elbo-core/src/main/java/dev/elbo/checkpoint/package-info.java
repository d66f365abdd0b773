/** What is kept of a run: named arrays flow from training into files, and from files into models. */
@NullMarked
package dev.elbo.checkpoint;

import org.jspecify.annotations.NullMarked;
