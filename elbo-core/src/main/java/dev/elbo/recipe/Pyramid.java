package dev.elbo.recipe;

import dev.elbo.data.Field;
import dev.elbo.likelihood.PixelLikelihood;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Conv2d;
import dev.elbo.nn.ConvTranspose2d;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Reshape;
import dev.elbo.nn.SelfAttention;
import dev.elbo.nn.Sequential;
import dev.elbo.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * An image and what convolutions make of it that halve it one after another; transposed ones double it again, back to exactly
 * its sizes, even or odd.
 *
 * @param shapes the image's, [C, H, W], and those after each layer, of half the sizes, rounded up
 * @param upwards the kernel of the transposed ones. By a kernel of 3 and a stride of 2, neighbouring pixels are made from one, two or four
 *     places, which is seen as a checkerboard (Odena et al. 2016, Deconvolution and Checkerboard Artifacts); by one of 4, from four. An
 *     odd size has 3 all the same, since twice a size is even
 * @param downwards the kernel of the others: by 3 and a stride of 2, along a side one pixel is seen once and its neighbour twice; by 4, all are seen alike
 */
record Pyramid(List<Shape> shapes, Activation activation, int upwards, int downwards) {
    private static final int KERNEL = 3;

    /** A multiple of the stride, so that each pixel is made from as many places: Odena et al. (2016). */
    private static final int EVEN_KERNEL = 4;

    /** From here on a checkerboard is seen. */
    private static final long LARGE = 32;

    private static final int STRIDE = 2;
    private static final int PADDING = 1;

    Pyramid {
        shapes = List.copyOf(shapes);
    }

    /** Over an image, for the way down; on the way up, the kernel is 3. */
    static Pyramid of(Field.Image image, List<Integer> channels, Activation activation) {
        return of(image, channels, activation, KERNEL);
    }

    /**
     * Over an image.
     *
     * @param channels of each layer
     * @param upwards the kernel of the transposed convolutions; 0 for 3 where the image is of less than 32 pixels, else 4
     */
    static Pyramid of(Field.Image image, List<Integer> channels, Activation activation, int upwards) {
        return of(image, channels, activation, upwards, KERNEL);
    }

    /**
     * The same with a choice of the way down too.
     *
     * @param downwards the kernel of the convolutions; 0 for 3 where the image is of less than 32 pixels, else 4
     */
    static Pyramid of(Field.Image image, List<Integer> channels, Activation activation, int upwards, int downwards) {
        List<Shape> shapes = new ArrayList<>(List.of(image.shape()));
        for (int count : channels) {
            Shape last = shapes.get(shapes.size() - 1);
            shapes.add(Shape.of(count, (last.size(1) + 1) / 2, (last.size(2) + 1) / 2));
        }
        boolean isLarge = Math.min(image.shape().size(1), image.shape().size(2)) >= LARGE;
        int usual = isLarge ? EVEN_KERNEL : KERNEL;
        return new Pyramid(shapes, activation, upwards == 0 ? usual : upwards, downwards == 0 ? usual : downwards);
    }

    /** The same kernels over other shapes. */
    Pyramid over(Shape... others) {
        return new Pyramid(List.of(others), activation, upwards, downwards);
    }

    /**
     * Makes sure that an option is a kernel of convolutions that halve or double.
     *
     * @throws IllegalArgumentException if it is none
     */
    static void requireKernel(String option, int kernel) {
        if (kernel != 0 && kernel != KERNEL && kernel != EVEN_KERNEL) {
            throw new IllegalArgumentException(option + " is 3, 4, or 0 to choose; got " + kernel);
        }
    }

    /** The shape after the last layer, [C, H, W]. */
    Shape deepest() {
        return shapes.get(shapes.size() - 1);
    }

    /** From the image to {@link #deepest()}; an activation is the last. */
    List<Layer> down(Initializer initial) {
        return down(List.of(), initial);
    }

    /**
     * The same with self-attention.
     *
     * @param attention behind which layers, from 1
     */
    List<Layer> down(List<Integer> attention, Initializer initial) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 1; i < shapes.size(); i++) {
            layers.add(halving(i - 1, initial));
            layers.add(activation);
            if (attention.contains(i)) {
                layers.add(SelfAttention.of(shapes.get(i).size(0), initial));
            }
        }
        return layers;
    }

    /**
     * From one shape to the next smaller one.
     *
     * @param from its number
     */
    Conv2d halving(int from, Initializer initial) {
        Shape larger = shapes.get(from);
        boolean isEven = larger.size(1) % 2 == 0 && larger.size(2) % 2 == 0;
        int kernel = isEven ? downwards : KERNEL;
        return Conv2d.of(larger.size(0), shapes.get(from + 1).size(0), kernel, STRIDE, PADDING, initial);
    }

    /** From {@link #deepest()} to the parameters of pixels, [P, C, H, W]; an activation is the first. */
    List<Layer> up(PixelLikelihood likelihood, Initializer initial) {
        return up(likelihood, List.of(), initial);
    }

    /** The same with self-attention at the shapes of these numbers. */
    List<Layer> up(PixelLikelihood likelihood, List<Integer> attention, Initializer initial) {
        List<Layer> layers = new ArrayList<>();
        for (Layer doubling : doublings(likelihood, attention, initial)) {
            layers.add(activation);
            layers.add(doubling);
        }
        layers.add(toParameters(likelihood));
        return layers;
    }

    /** From each shape to that of twice the sizes, the deepest first, to the planes of pixels' parameters. */
    List<Layer> doublings(PixelLikelihood likelihood, List<Integer> attention, Initializer initial) {
        List<Long> widths = widths(likelihood);
        List<Layer> layers = new ArrayList<>();
        for (int i = shapes.size() - 2; i >= 0; i--) {
            Layer doubling = doubling(i, widths.get(layers.size()), initial);
            layers.add(
                    attention.contains(i)
                            ? Sequential.of(
                                    doubling, SelfAttention.of(shapes.get(i).size(0), initial))
                            : doubling);
        }
        return layers;
    }

    /** The channels that {@link #doublings} make. */
    List<Long> widths(PixelLikelihood likelihood) {
        List<Long> widths = new ArrayList<>();
        for (int i = shapes.size() - 2; i >= 0; i--) {
            widths.add((i == 0 ? likelihood.parameters() : 1) * shapes.get(i).size(0));
        }
        return widths;
    }

    /** Planes [P C, H, W] as [P, C, H, W]. */
    Layer toParameters(PixelLikelihood likelihood) {
        Shape image = shapes.get(0);
        Shape parameters = likelihood.parameters(image);
        return new Reshape(Shape.of(likelihood.parameters() * image.size(0), image.size(1), image.size(2)), parameters);
    }

    /**
     * From a shape of half the sizes to one: an even size needs one more row or column than an odd one.
     *
     * @param to its number
     * @param channels that are made
     */
    ConvTranspose2d doubling(int to, long channels, Initializer initial) {
        Shape from = shapes.get(to + 1);
        Shape larger = shapes.get(to);
        int rows = (int) (larger.size(1) - (2 * from.size(1) - 1));
        int columns = (int) (larger.size(2) - (2 * from.size(2) - 1));
        return upwards == EVEN_KERNEL && rows == 1 && columns == 1
                ? ConvTranspose2d.of(from.size(0), channels, EVEN_KERNEL, STRIDE, PADDING, 0, 0, initial)
                : ConvTranspose2d.of(from.size(0), channels, KERNEL, STRIDE, PADDING, rows, columns, initial);
    }
}
