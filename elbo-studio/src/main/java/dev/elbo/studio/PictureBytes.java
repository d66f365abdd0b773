package dev.elbo.studio;

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
}
