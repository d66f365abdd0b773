package dev.elbo.bench.speech;

import dev.elbo.sound.Pitch;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * How far two melodies are from each other, over pairs of frames that belong together and are voiced in both.
 *
 * @param hertz root of the mean of (f − f')²; NaN if no pair is voiced
 * @param cents root of the mean of (1200 log₂ f / f')²; 100 cents are a semitone
 * @param voicing share of all pairs in which one is voiced and the other is not
 * @param voiced pairs in which both are
 */
record PitchDistance(double hertz, double cents, double voicing, int voiced) {
    private static final double CENTS = 1200 / Math.log(2);

    /** The distance of two {@linkplain Pitch tracks}; frames behind a track's end are its last one. */
    static PitchDistance of(double[] one, double[] other, TimeWarping path) {
        double[][] pairs = path.path().stream()
                .map(pair -> new double[] {at(one, pair.i()), at(other, pair.j())})
                .toArray(double[][]::new);
        double[][] voiced =
                Arrays.stream(pairs).filter(pair -> pair[0] > 0 && pair[1] > 0).toArray(double[][]::new);
        long differ = Arrays.stream(pairs)
                .filter(pair -> Double.isNaN(pair[0]) != Double.isNaN(pair[1]))
                .count();
        return new PitchDistance(
                root(Arrays.stream(voiced).mapToDouble(pair -> pair[0] - pair[1])),
                root(Arrays.stream(voiced).mapToDouble(pair -> CENTS * Math.log(pair[0] / pair[1]))),
                (double) differ / pairs.length,
                voiced.length);
    }

    private static double at(double[] track, int frame) {
        return track[Math.min(frame, track.length - 1)];
    }

    private static double root(DoubleStream differences) {
        return Math.sqrt(differences.map(x -> x * x).average().orElse(Double.NaN));
    }
}
