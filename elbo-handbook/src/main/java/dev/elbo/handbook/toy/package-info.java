/** Small worlds that several experiments share: densities of one number, drawings with known factors, short trainings. */
@NullMarked
package dev.elbo.handbook.toy;

import org.jspecify.annotations.NullMarked;
