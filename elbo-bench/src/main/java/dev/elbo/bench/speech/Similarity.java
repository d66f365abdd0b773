package dev.elbo.bench.speech;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How well the cosines of vectors tell voices apart, over all pairs of utterances.
 *
 * @param same mean cosine of two utterances of one voice
 * @param different mean cosine of two utterances of different voices
 * @param equalError the rate at which pairs of one voice are taken for two, and as many pairs of two voices for one, at the threshold
 *     where both are the same
 */
public record Similarity(double same, double different, double equalError) {

    /**
     * What a vector is of.
     *
     * @param name of the utterance; one is not compared with another of its name
     */
    record Of(String name, String voice) {}

    /** The similarities of all pairs of utterances, by their vectors of length 1. */
    static Similarity of(List<Of> all, List<double[]> vectors) {
        return of(all, vectors, all, vectors);
    }

    /**
     * Of pairs of one of these and one of those, by their vectors of length 1. Figures without pairs are not a number.
     */
    static Similarity of(List<Of> some, List<double[]> vectors, List<Of> others, List<double[]> otherVectors) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            for (int j = 0; j < others.size(); j++) {
                if (!some.get(i).name.equals(others.get(j).name)) {
                    boolean isSame = some.get(i).voice.equals(others.get(j).voice);
                    pairs.add(new Pair(cosine(vectors.get(i), otherVectors.get(j)), isSame));
                }
            }
        }
        long together = pairs.stream().filter(Pair::isSame).count();
        boolean hasBoth = together > 0 && together < pairs.size();
        return new Similarity(
                mean(pairs, true), mean(pairs, false), hasBoth ? equalError(pairs, together) : Double.NaN);
    }

    private record Pair(double cosine, boolean isSame) {}

    /** The cosine of two vectors of length 1. */
    static double cosine(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double mean(List<Pair> pairs, boolean isSame) {
        return pairs.stream()
                .filter(pair -> pair.isSame == isSame)
                .mapToDouble(Pair::cosine)
                .average()
                .orElse(Double.NaN);
    }

    /** With a threshold that rises from cosine to cosine, the first place where as many are missed as are taken in. */
    private static double equalError(List<Pair> pairs, long together) {
        pairs.sort(Comparator.comparingDouble(Pair::cosine));
        long apart = pairs.size() - together;
        double missed = 0;
        double takenIn = 1;
        int next = 0;
        while (missed < takenIn) {
            double threshold = pairs.get(next).cosine;
            double missedBefore = missed;
            double takenInBefore = takenIn;
            for (; next < pairs.size() && pairs.get(next).cosine == threshold; next++) { // ties move together
                missed += pairs.get(next).isSame ? 1.0 / together : 0;
                takenIn -= pairs.get(next).isSame ? 0 : 1.0 / apart;
            }
            if (missed >= takenIn) {
                double before = takenInBefore - missedBefore;
                double after = missed - takenIn;
                return missedBefore + (missed - missedBefore) * before / (before + after); // where the lines cross
            }
        }
        return missed;
    }
}
