package dev.elbo.data;

import dev.elbo.data.ImageListing.Example;
import dev.elbo.tensor.RowSource;
import java.util.List;

/**
 * Pictures of a folder, decoded.
 *
 * @param levels UINT8 [N, C, H, W]
 * @param examples which files they are, in the same order: those that are not broken
 */
record Pictures(RowSource levels, List<Example> examples, Remarks remarks) {}
