/** Small data and small models that several experiments share. */
@NullMarked
package dev.elbo.handbook.toy;

import org.jspecify.annotations.NullMarked;
