package dev.elbo.studio;

import dev.elbo.data.Field;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;

/** Pictures as the pages draw them: bytes, row by row, the channels of a pixel side by side. */
final class PictureBytes {
    private static final double WHITE = 255;

    private PictureBytes() {}

    /**
     * Pictures one after the other.
     *
     * @param pictures UINT8 in 0 … 255, or numbers in 0 … 1, [N, C, H, W]
     */
    static byte[] of(HostArray pictures) {
        int count = (int) pictures.shape().size(0);
        int channels = (int) pictures.shape().size(1);
        int plane = (int) (pictures.shape().size(2) * pictures.shape().size(3));
        double scale = pictures.dtype() == DType.UINT8 ? 1 : WHITE;
        double[] levels = pictures.toDoubles();
        byte[] bytes = new byte[levels.length];
        for (int i = 0; i < count * plane; i++) {
            int picture = i / plane;
            int pixel = i % plane;
            for (int channel = 0; channel < channels; channel++) {
                double level = levels[(picture * channels + channel) * plane + pixel] * scale;
                bytes[i * channels + channel] = (byte) Math.round(Math.min(WHITE, Math.max(0, level)));
            }
        }
        return bytes;
    }

    /**
     * The reverse: pictures as a model sees them.
     *
     * @return UINT8 [N, C, H, W]
     */
    static HostArray read(byte[] bytes, Field.Image as) {
        int plane = as.height() * as.width();
        int count = bytes.length / (as.channels() * plane);
        byte[] levels = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            int pixel = i / as.channels();
            int channel = i % as.channels();
            levels[(pixel / plane * as.channels() + channel) * plane + pixel % plane] = bytes[i];
        }
        return HostArray.of(levels, count, as.channels(), as.height(), as.width());
    }

    /** Bytes as numbers in 0 … 1. */
    static HostArray unit(HostArray levels) {
        double[] values = levels.toDoubles();
        float[] numbers = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            numbers[i] = (float) (values[i] / WHITE);
        }
        return HostArray.of(numbers, levels.shape().sizes());
    }
}
