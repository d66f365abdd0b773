package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.function.LongUnaryOperator;

/**
 * Binary images, white where noise from [0, 1) is below the grey value. The noise of an image is a function of the seed and
 * of its number, so that it becomes the same image whenever and with whichever others it is read.
 */
final class StaticBinarisation {
    private static final double LEVELS = 255;

    private StaticBinarisation() {}

    /**
     * Samples each pixel.
     *
     * @param images UINT8, 0 to 255, or FLOAT32, 0 to 1, [B, C, H, W]
     * @param row the number of each image in its split
     * @return UINT8, 0 or 255, [B, C, H, W]
     */
    static HostArray of(HostArray images, LongUnaryOperator row, long seed) {
        IntToDoubleFunction grey = grey(images);
        byte[] binary = new byte[Math.toIntExact(images.shape().elements())];
        int count = (int) images.shape().size(0);
        int pixels = count == 0 ? 0 : binary.length / count;
        for (int i = 0; i < count; i++) {
            SplittableRandom noise = new SplittableRandom(Rng.seedOf(seed, row.applyAsLong(i)));
            for (int at = i * pixels; at < (i + 1) * pixels; at++) {
                binary[at] = (byte) (noise.nextDouble() < grey.applyAsDouble(at) ? 255 : 0);
            }
        }
        return HostArray.of(binary, images.shape().sizes());
    }

    private static IntToDoubleFunction grey(HostArray images) {
        ByteBuffer bytes = images.bytes();
        if (images.dtype() == DType.UINT8) {
            return at -> (bytes.get(at) & 0xff) / LEVELS;
        }
        FloatBuffer floats = bytes.asFloatBuffer();
        return floats::get;
    }
}
