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
     * Of utterances and their vectors of length 1.
     *
     * @throws IllegalArgumentException if no two have the same voice, or no two have different ones
     */
    static Similarity of(List<String> voices, List<double[]> vectors) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < voices.size(); i++) {
            for (int j = i + 1; j < voices.size(); j++) {
                pairs.add(new Pair(cosine(vectors.get(i), vectors.get(j)), voices.get(i).equals(voices.get(j))));
            }
        }
        long together = pairs.stream().filter(Pair::isSame).count();
        if (together == 0 || together == pairs.size()) {
            throw new IllegalArgumentException(
                    "voices are compared over pairs of one voice and pairs of two; there are " + together + " and "
                            + (pairs.size() - together));
        }
        return new Similarity(mean(pairs, true), mean(pairs, false), equalError(pairs, together));
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
                .orElseThrow();
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
