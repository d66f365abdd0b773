/**
 * Work that a card does again without the host: what is recorded as a CUDA graph is replayed. {@code Device.capturer()} has the
 * one of a card.
 */
@NullMarked
package dev.elbo.tensor.cuda;

import org.jspecify.annotations.NullMarked;
