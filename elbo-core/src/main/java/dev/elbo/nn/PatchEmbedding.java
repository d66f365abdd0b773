package dev.elbo.nn;

import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * An image as a sequence of patches: [..., C, H, W] → [..., N, D], a linear map of each patch and a learned vector for its place.
 * Dosovitskiy et al. (2021), eq. 1. Where patches do not fill the image, zeros are added below and to the right.
 *
 * @param patches a convolution whose stride is its kernel, the side of a patch
 * @param places [N, D]
 */
public record PatchEmbedding(Conv2d patches, Tensor places) implements Layer {
    /** The deviation of the first values of places. */
    private static final double SMALL = 0.02;

    /**
     * With initial weights.
     *
     * @param image its shape, [C, H, W]
     * @param side of a patch, in pixels
     * @param width D
     */
    public static PatchEmbedding of(Shape image, int side, long width, Initializer initial) {
        long count = (image.size(1) + side - 1) / side * ((image.size(2) + side - 1) / side);
        return new PatchEmbedding(
                Conv2d.of(image.size(0), width, side, side, 0, initial), initial.normal(SMALL, count, width));
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        Tensor filled = filled(filled(x, -2), -1);
        Tensor map = patches.forward(filled, pass); // [..., D, h, w]
        Shape sequence = map.shape().dropLast(2).append(places.size(0));
        return map.reshape(sequence).transpose(-2, -1).plus(places);
    }

    /** With zeros behind a dimension, up to a multiple of the side. */
    private Tensor filled(Tensor x, int dim) {
        long missing = Math.floorMod(-x.size(dim), (long) patches.stride());
        return missing == 0 ? x : x.pad(dim, 0, missing, 0);
    }
}
