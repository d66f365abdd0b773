/**
 * Arrays, memory, random numbers and optimizers over libtorch: numbers come in from the JVM's memory
 * ({@link dev.elbo.tensor.HostArray}), live as {@link dev.elbo.tensor.Tensor}s inside a
 * {@link dev.elbo.tensor.Scope}, and go back out the same way. The only package that knows libtorch.
 */
@NullMarked
package dev.elbo.tensor;

import org.jspecify.annotations.NullMarked;
