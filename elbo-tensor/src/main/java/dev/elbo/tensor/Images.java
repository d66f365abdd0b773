package dev.elbo.tensor;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.global.torch;

/** Images made smaller, larger or sampled at other places, [N, C, H, W] → [N, C, H', W']. */
public final class Images {
    private static final long BILINEAR = 0;
    private static final long ZEROS_OUTSIDE = 0;

    private Images() {}

    /** The means of windows of {@code size} by {@code size} pixels, {@code stride} apart; zeros of the padding count. */
    public static Tensor averagePool(Tensor x, long size, long stride, long padding) {
        return Tensor.call(
                "averagePool",
                () -> torch.avg_pool2d(
                        x.handle(), both(size), both(stride), both(padding), false, true, new LongOptional()),
                x);
    }

    /** The largest pixels of windows of {@code size} by {@code size}, {@code stride} apart; the padding is never one. */
    public static Tensor maxPool(Tensor x, long size, long stride, long padding) {
        return Tensor.call(
                "maxPool",
                () -> torch.max_pool2d(x.handle(), both(size), both(stride), both(padding), both(1), false),
                x);
    }

    /** Each new pixel is the old one at its place: [N, C, height, width]. */
    public static Tensor resizeNearest(Tensor x, long height, long width) {
        return Tensor.call(
                "resizeNearest",
                () -> torch.upsample_nearest2d(
                        x.handle(), new long[] {height, width}, new DoubleOptional(), new DoubleOptional()),
                x);
    }

    /**
     * Each new pixel is interpolated between the four old ones around its place: [N, C, height, width]. Pixels are squares, whose
     * outer edges stay where they are.
     */
    public static Tensor resizeBilinear(Tensor x, long height, long width) {
        return Tensor.call(
                "resizeBilinear",
                () -> torch.upsample_bilinear2d(
                        x.handle(), new long[] {height, width}, false, new DoubleOptional(), new DoubleOptional()),
                x);
    }

    /** Channels become pixels, Shi et al. (2016): [N, C r², H, W] → [N, C, H r, W r] for a factor r. */
    public static Tensor pixelShuffle(Tensor x, long factor) {
        return Tensor.call("pixelShuffle", () -> torch.pixel_shuffle(x.handle(), factor), x);
    }

    /**
     * Images sampled at given places, Jaderberg et al. (2015), section 3.3: interpolated between the four pixels around each, with
     * zeros outside.
     *
     * @param grid [N, H', W', 2]: x, then y, −1 at the left or upper edge of an image and 1 at the other
     */
    public static Tensor gridSample(Tensor x, Tensor grid) {
        Operands.refuseMixing("gridSample", x, grid);
        return Tensor.call(
                "gridSample",
                () -> torch.grid_sampler_2d(x.handle(), grid.handle(), BILINEAR, ZEROS_OUTSIDE, false),
                x,
                grid);
    }

    private static long[] both(long size) {
        return new long[] {size, size};
    }
}
