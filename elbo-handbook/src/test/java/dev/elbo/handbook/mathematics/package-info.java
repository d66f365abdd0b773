@NullMarked
package dev.elbo.handbook.mathematics;

import org.jspecify.annotations.NullMarked;
