package dev.elbo.sound;

import java.util.Arrays;

/**
 * The fundamental frequency of a wave at even steps of time, by the YIN of de Cheveigné and Kawahara (2002): the shortest lag τ at which
 * the difference function d(τ) = Σ_j (x_j − x_{j+τ})², divided by its mean over shorter lags, has a minimum below a threshold (eq. 6, 8;
 * steps 2 to 5), to a fraction of a sample by a parabola.
 *
 * @param lowestHz of a voice
 * @param highestHz of a voice
 * @param threshold of the normalised difference; where it never falls below, nothing voiced is heard
 */
public record Pitch(double lowestHz, double highestHz, double threshold) {
    /** For speech: 60 to 500 Hz. */
    public static final Pitch SPEECH = new Pitch(60, 500, 0.15);

    /** Frames more than 40 dB below the loudest are silent, whatever their period. */
    private static final double SILENT = 1e-4;

    /**
     * A track.
     *
     * @param wave samples
     * @param rateHz samples a second
     * @param hop samples from one place to the next; the first is at sample 0
     * @return Hz, NaN where nothing voiced is heard: ⌊N / hop⌋ + 1 places
     */
    public double[] track(float[] wave, int rateHz, int hop) {
        int longest = (int) Math.ceil(rateHz / lowestHz);
        int shortest = Math.max(2, (int) Math.floor(rateHz / highestHz));
        double[] track = new double[wave.length / hop + 1];
        double[] energies = new double[track.length];
        for (int t = 0; t < track.length; t++) {
            float[] frame = frame(wave, t * hop - longest, 2 * longest + 1);
            energies[t] = energy(frame);
            track[t] = rateHz / period(frame, shortest, longest);
        }
        double loudest = Arrays.stream(energies).max().orElse(0);
        for (int t = 0; t < track.length; t++) {
            track[t] = energies[t] <= SILENT * loudest ? Double.NaN : track[t];
        }
        return track;
    }

    /** Samples from a place on, zeros beyond both ends. */
    private static float[] frame(float[] wave, int from, int length) {
        float[] frame = new float[length];
        int first = Math.max(0, from);
        int last = Math.min(wave.length, from + length);
        if (first < last) {
            System.arraycopy(wave, first, frame, first - from, last - first);
        }
        return frame;
    }

    private static double energy(float... frame) {
        double sum = 0;
        for (float x : frame) {
            sum += (double) x * x;
        }
        return sum;
    }

    /** The period in samples; NaN if there is none. */
    private double period(float[] frame, int shortest, int longest) {
        double[] normalised = normalised(differences(frame, longest));
        for (int lag = shortest; lag < longest; lag++) {
            if (normalised[lag] < threshold) {
                while (lag + 1 < longest && normalised[lag + 1] < normalised[lag]) {
                    lag++;
                }
                return lag + offset(normalised[lag - 1], normalised[lag], normalised[lag + 1]);
            }
        }
        return Double.NaN;
    }

    /** d(τ) for τ = 0 … longest; both windows lie around the frame's centre, so that the pitch is that of its time. */
    private static double[] differences(float[] frame, int longest) {
        double[] d = new double[longest + 1];
        int window = frame.length - longest;
        for (int lag = 1; lag <= longest; lag++) {
            int from = (longest - lag) / 2;
            for (int j = from; j < from + window; j++) {
                double difference = frame[j] - frame[j + lag];
                d[lag] += difference * difference;
            }
        }
        return d;
    }

    /** d'(τ) = d(τ) / (1/τ Σ_{j ≤ τ} d(j)), 1 at 0 and where nothing differs. */
    private static double[] normalised(double[] differences) {
        double[] normalised = new double[differences.length];
        normalised[0] = 1;
        double sum = 0;
        for (int lag = 1; lag < differences.length; lag++) {
            sum += differences[lag];
            normalised[lag] = sum == 0 ? 1 : differences[lag] * lag / sum;
        }
        return normalised;
    }

    /** Where the parabola through three neighbours has its minimum, beside the middle one. */
    private static double offset(double before, double here, double after) {
        double curvature = before - 2 * here + after;
        return curvature <= 0 ? 0 : Math.max(-0.5, Math.min(0.5, 0.5 * (before - after) / curvature));
    }
}
