/**
 * Products of matrices and convolutions on the calling thread, by oneDNN's C interface, and where that cannot by libtorch: from
 * handles of libtorch's to handles. Knows no tensor of ours. Internal, and loaded after libtorch.
 */
@NullMarked
package dev.elbo.tensor.onednn;

import org.jspecify.annotations.NullMarked;
