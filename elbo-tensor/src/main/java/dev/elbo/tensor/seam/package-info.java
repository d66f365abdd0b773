/**
 * Operations with gradients of our own, each joined to libtorch's graph by a {@link dev.elbo.tensor.seam.Seam}: from handles of
 * libtorch's to handles. Knows no tensor of ours, but {@link dev.elbo.tensor.seam.Operand}s. Internal: {@code
 * dev.elbo.tensor.Functional} and {@code Recurrent} have the operations.
 */
@NullMarked
package dev.elbo.tensor.seam;

import org.jspecify.annotations.NullMarked;
