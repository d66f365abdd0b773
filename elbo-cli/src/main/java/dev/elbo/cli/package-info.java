/** The commands of {@code ./elbo}: from arguments to the library, and from its events and results to the terminal. */
@NullMarked
package dev.elbo.cli;

import org.jspecify.annotations.NullMarked;
