/**
 * Arrays, memory and random numbers over libtorch: numbers come in from the JVM's memory
 * ({@link dev.elbo.tensor.HostArray}), live as {@link dev.elbo.tensor.Tensor}s inside a
 * {@link dev.elbo.tensor.Scope}, and go back out the same way. Operations are methods of tensors, or of {@link
 * dev.elbo.tensor.Functional} and the classes beside it.
 *
 * <p>This package and those within it are the only ones that know libtorch. {@code optim} is for readers too, and {@code cuda}
 * for whoever records steps; {@code seam}, {@code onednn} and {@code team} are internal.
 */
@NullMarked
package dev.elbo.tensor;

import org.jspecify.annotations.NullMarked;
