/** Data that experiments share, small ones made on the spot among them, and models fitted to them in memory. */
@NullMarked
package dev.elbo.handbook.toy;

import org.jspecify.annotations.NullMarked;
