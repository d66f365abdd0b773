package dev.elbo.bench.speech;

import dev.elbo.tensor.HostArray;

/**
 * The shape of a log-mel spectrum, without its loudness and without fine detail: coefficients 1 to K of its cosine transform, c_k = 2 / M
 * Σ_m x_m cos(π k (m + ½) / M), so that x_m = c_0 / 2 + Σ_k c_k cos(π k (m + ½) / M).
 */
final class MelCepstra {
    /** As many as Kominek et al. (2008) compare: 13. */
    static final int COEFFICIENTS = 13;

    private MelCepstra() {}

    /** The cepstra of log-mel frames [T, M], natural logarithms of amplitudes: [T][K]. */
    static double[][] of(HostArray frames) {
        int bands = (int) frames.shape().size(1);
        float[] x = frames.toFloats();
        double[][] cosines = cosines(bands);
        double[][] cepstra = new double[x.length / bands][COEFFICIENTS];
        for (int t = 0; t < cepstra.length; t++) {
            for (int k = 0; k < COEFFICIENTS; k++) {
                for (int m = 0; m < bands; m++) {
                    cepstra[t][k] += cosines[k][m] * x[t * bands + m];
                }
            }
        }
        return cepstra;
    }

    /** 2 / M cos(π k (m + ½) / M), from k = 1 on. */
    private static double[][] cosines(int bands) {
        double[][] cosines = new double[COEFFICIENTS][bands];
        for (int k = 1; k <= COEFFICIENTS; k++) {
            for (int m = 0; m < bands; m++) {
                cosines[k - 1][m] = 2.0 / bands * Math.cos(Math.PI * k * (m + 0.5) / bands);
            }
        }
        return cosines;
    }
}
