/** Programs that the READMEs show: a user's arrays go in, and codes come out. */
@NullMarked
package dev.elbo.example;

import org.jspecify.annotations.NullMarked;
