package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import java.nio.ByteBuffer;

/**
 * Where the channels of an array of images are.
 *
 * @param channels how many there are
 * @param isLast whether they lie last, [N, H, W, C]; else they come first, [N, C, H, W], or there are none, [N, H, W]
 * @param isTransparent whether the fourth is how much of a pixel is there, 255 all of it
 */
record Layout(int channels, boolean isLast, boolean isTransparent) {
    private static final int MOST = 4;
    private static final int COLOURS = 3;
    private static final int WHITE = 255;

    /**
     * The layout of an array. Four channels of bytes are red, green, blue and transparency.
     *
     * @throws InvalidFileException if it is of no shape that images have
     */
    static Layout of(NamedRows array) throws InvalidFileException {
        Shape shape = array.rows().shape();
        boolean isBytes = array.rows().dtype() == DType.UINT8;
        if (shape.rank() == 3) {
            return new Layout(1, false, false);
        }
        if (shape.rank() == 4) {
            long first = shape.size(1);
            long last = shape.size(3);
            boolean isLast = !isUsual(first) && (isUsual(last) || !isPossible(first));
            long channels = isLast ? last : first;
            if (isPossible(channels)) {
                return new Layout((int) channels, isLast, isBytes && channels == MOST);
            }
        }
        throw array.invalid(
                "has the shape " + shape,
                "Give an array of images [N, H, W], [N, C, H, W] or [N, H, W, C] with 1 to 4 channels, or of rows"
                        + " [N, D]");
    }

    private static boolean isUsual(long channels) {
        return channels == 1 || channels == COLOURS;
    }

    private static boolean isPossible(long channels) {
        return channels >= 1 && channels <= MOST;
    }

    /** Some images, [B, C, H, W]; what is transparent is laid on white. */
    HostArray arranged(HostArray some) {
        HostArray first = isLast ? channelsFirst(some) : some;
        long[] s = first.shape().sizes();
        if (s.length == 3) {
            return first.reshape(s[0], 1, s[1], s[2]);
        }
        return isTransparent ? onWhite(first) : first;
    }

    /** From [N, H, W, C] to [N, C, H, W]. */
    private static HostArray channelsFirst(HostArray levels) {
        long[] s = levels.shape().sizes();
        int pixels = (int) (s[1] * s[2]);
        int channels = (int) s[3];
        int width = levels.dtype().bytes();
        ByteBuffer from = levels.bytes();
        ByteBuffer to = ByteBuffer.allocate(from.remaining());
        for (int target = 0; target < to.capacity() / width; target++) {
            int image = target / (channels * pixels);
            int channel = target / pixels % channels;
            int source = (image * pixels + target % pixels) * channels + channel;
            to.put(target * width, from, source * width, width);
        }
        return new HostArray(levels.dtype(), Shape.of(s[0], s[3], s[1], s[2]), to);
    }

    /** α x + (1 − α) white, of bytes [N, 4, H, W]. */
    private static HostArray onWhite(HostArray levels) {
        long[] s = levels.shape().sizes();
        int plane = (int) (s[2] * s[3]);
        ByteBuffer from = levels.bytes();
        byte[] opaque = new byte[(int) s[0] * COLOURS * plane];
        for (int i = 0; i < opaque.length; i++) {
            int image = i / (COLOURS * plane) * MOST * plane;
            int alpha = from.get(image + COLOURS * plane + i % plane) & 0xff;
            int level = from.get(image + i % (COLOURS * plane)) & 0xff;
            opaque[i] = (byte) Math.round((alpha * level + (WHITE - alpha) * WHITE) / (float) WHITE);
        }
        return HostArray.of(opaque, s[0], COLOURS, s[2], s[3]);
    }
}
