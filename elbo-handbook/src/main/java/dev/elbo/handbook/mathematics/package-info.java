/** Chapter 4: the model, the bound in its three forms, the normal case. */
@NullMarked
package dev.elbo.handbook.mathematics;

import org.jspecify.annotations.NullMarked;
