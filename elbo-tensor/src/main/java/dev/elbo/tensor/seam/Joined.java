package dev.elbo.tensor.seam;

import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What an operation puts out.
 *
 * @param output of libtorch's current scope
 * @param seam what leads a gradient on from the output; none if none is needed
 */
public record Joined(Tensor output, @Nullable Seam seam) {}
