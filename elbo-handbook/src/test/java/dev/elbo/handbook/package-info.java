@NullMarked
package dev.elbo.handbook;

import org.jspecify.annotations.NullMarked;
