package dev.elbo.bench.speech;

import dev.elbo.tensor.HostArray;

/**
 * How far two utterances' spectra are from each other, in dB, where the frames that belong together were found by {@link TimeWarping} of
 * their mel cepstra. Both are symmetric, and 0 of a copy.
 *
 * @param cepstral mel-cepstral distortion, Kubichek (1993): the mean over pairs of frames of 10 √2 / ln 10 ‖c − c'‖, with
 *     {@link MelCepstra} of natural logarithms of amplitudes
 * @param logSpectral the mean over the same pairs of the root of the mean over bands of (20 / ln 10 (x − x'))²: loudness counts, and fine
 *     detail
 * @param path frames that belong together
 */
record SpectralDistance(double cepstral, double logSpectral, TimeWarping path) {
    private static final double CEPSTRAL_DECIBELS = 10 * Math.sqrt(2) / Math.log(10);
    private static final double DECIBELS = 20 / Math.log(10);

    /** The distance of log-mel frames, [T, M] and [T', M]. */
    static SpectralDistance of(HostArray one, HostArray other) {
        return of(one, MelCepstra.of(one), other, MelCepstra.of(other));
    }

    private static SpectralDistance of(HostArray one, double[][] a, HostArray other, double[][] b) {
        TimeWarping path = TimeWarping.of(a.length, b.length, (i, j) -> distance(a[i], b[j]));
        return new SpectralDistance(CEPSTRAL_DECIBELS * path.mean(), logSpectral(one, other, path), path);
    }

    private static double distance(double[] a, double[] b) {
        double squares = 0;
        for (int k = 0; k < a.length; k++) {
            squares += (a[k] - b[k]) * (a[k] - b[k]);
        }
        return Math.sqrt(squares);
    }

    private static double logSpectral(HostArray one, HostArray other, TimeWarping path) {
        int bands = (int) one.shape().size(1);
        float[] x = one.toFloats();
        float[] y = other.toFloats();
        double sum = 0;
        for (TimeWarping.Pair pair : path.path()) {
            double squares = 0;
            for (int m = 0; m < bands; m++) {
                double difference = x[pair.i() * bands + m] - y[pair.j() * bands + m];
                squares += difference * difference;
            }
            sum += DECIBELS * Math.sqrt(squares / bands);
        }
        return sum / path.path().size();
    }
}
