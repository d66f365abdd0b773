/** Rules that move the parameters of a {@link dev.elbo.tensor.ParameterBuffer} against their gradients. */
@NullMarked
package dev.elbo.tensor.optim;

import org.jspecify.annotations.NullMarked;
