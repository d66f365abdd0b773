package dev.elbo.bench.text;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Distinct-n: different runs of n words over all runs of n words, in 0 … 1. Li et al. (2016), section 5.3. Higher is more varied; it
 * falls with the number of sentences, so that only sets of one size can be compared.
 */
public final class Distinct {
    private Distinct() {}

    /** All sentences together, <em>inter</em>; 0 if none has n words. */
    public static double of(int n, List<List<String>> sentences) {
        Set<List<String>> different = new HashSet<>();
        long all = 0;
        for (List<String> sentence : sentences) {
            for (int i = 0; i + n <= sentence.size(); i++) {
                different.add(sentence.subList(i, i + n));
                all++;
            }
        }
        return all == 0 ? 0 : (double) different.size() / all;
    }

    /** Each sentence by itself, <em>intra</em>: the mean over those that have n words; 0 if none has. */
    public static double within(int n, List<List<String>> sentences) {
        return sentences.stream()
                .filter(sentence -> sentence.size() >= n)
                .mapToDouble(sentence -> of(n, List.of(sentence)))
                .average()
                .orElse(0);
    }
}
