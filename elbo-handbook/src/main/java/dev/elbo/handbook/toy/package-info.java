/** What several experiments share: small data that are made on the spot, and small trainings. */
@NullMarked
package dev.elbo.handbook.toy;

import org.jspecify.annotations.NullMarked;
