package dev.elbo.figure;

import dev.elbo.tensor.HostArray;
import java.util.List;

/** Log-mel spectra as pictures: time goes to the right, frequency up, and what is loud is dark. */
public final class Spectrograms {
    private static final double DECIBELS = 20 / Math.log(10);

    /** What is white and what is black, in dB of full scale. */
    private static final double FAINT = -90;

    private static final double LOUD = -20;

    private Spectrograms() {}

    /**
     * The pictures of some spectra, white behind the ends of those that are shorter than others.
     *
     * @param spectra natural logarithms of parts of full scale, FLOAT32 [T, M] each
     * @return FLOAT32 [N, 1, M, longest T] in 0 … 1
     */
    public static HostArray pictures(List<HostArray> spectra) {
        int bands = (int) spectra.get(0).shape().size(1);
        int width = spectra.stream()
                .mapToInt(spectrum -> (int) spectrum.shape().size(0))
                .max()
                .orElse(1);
        float[] light = new float[spectra.size() * bands * width];
        for (int i = 0; i < spectra.size(); i++) {
            float[] values = spectra.get(i).toFloats();
            for (int band = 0; band < bands; band++) {
                int row = (i * bands + bands - 1 - band) * width;
                for (int t = 0; t < width; t++) {
                    light[row + t] = t * bands < values.length ? light(values[t * bands + band]) : 1;
                }
            }
        }
        return HostArray.of(light, spectra.size(), 1, bands, width);
    }

    private static float light(double value) {
        double loudness = (DECIBELS * value - FAINT) / (LOUD - FAINT);
        return (float) (1 - Math.max(0, Math.min(1, loudness)));
    }
}
