package dev.elbo.nn;

import dev.elbo.tensor.Images;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * Images that are turned and shifted a little in training, each by chance of its own, and left as they are in use: what comes after
 * learns to see the same in them (Simard et al. 2003, section 2). Pixels are interpolated, and 0 comes in from outside.
 *
 * @param shift the most, in pixels to each side
 * @param rotation the most, in degrees to each side
 */
public record RandomAffine(double shift, double rotation) implements Layer {
    private static final int IMAGE_RANK = 3;

    /**
     * Validates the ranges.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public RandomAffine {
        if (!(shift >= 0 && rotation >= 0)) {
            throw new IllegalArgumentException(
                    "images are shifted by pixels and turned by degrees, at least 0; got shift=" + shift
                            + " and rotation=" + rotation);
        }
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return pass.training() && shift + rotation > 0
                ? Leading.folded(x, IMAGE_RANK, images -> Images.gridSample(images, grid(images, pass.rng())))
                : x;
    }

    /** From where each new pixel comes, [N, H, W, 2]. */
    private Tensor grid(Tensor images, Rng rng) {
        long height = images.size(2);
        long width = images.size(3);
        Tensor angle = symmetric(images.size(0), Math.toRadians(rotation), rng); // [N, 1, 1]
        Tensor x = centred(images, width); // [W]
        Tensor y = centred(images, height).unsqueeze(-1); // [H, 1]
        Tensor fromX = angle.cos().times(x).plus(angle.sin().times(y)).plus(symmetric(images.size(0), shift, rng));
        Tensor fromY = angle.cos().times(y).minus(angle.sin().times(x)).plus(symmetric(images.size(0), shift, rng));
        return Tensor.stack(-1, fromX.times(2.0 / width), fromY.times(2.0 / height));
    }

    /** Places of pixels, with 0 in the middle. */
    private static Tensor centred(Tensor images, long count) {
        return Tensor.arange(count, images.device()).to(images.dtype()).minus((count - 1) / 2.0);
    }

    /** Uniform between −most and most, [N, 1, 1]. */
    private static Tensor symmetric(long count, double most, Rng rng) {
        return rng.uniform(Shape.of(count, 1, 1)).times(2 * most).minus(most);
    }
}
