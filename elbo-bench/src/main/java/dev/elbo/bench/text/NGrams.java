package dev.elbo.bench.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs of n words that follow each other in a sentence. */
final class NGrams {
    private NGrams() {}

    /** How often each run of {@code n} words is in a sentence. */
    static Map<List<String>, Integer> counts(List<String> sentence, int n) {
        Map<List<String>, Integer> counts = new HashMap<>();
        for (int i = 0; i + n <= sentence.size(); i++) {
            counts.merge(sentence.subList(i, i + n), 1, Integer::sum);
        }
        return counts;
    }

    /** How many runs two sentences share, each as often as it is in both. */
    static int common(Map<List<String>, Integer> some, Map<List<String>, Integer> others) {
        return some.entrySet().stream()
                .mapToInt(run -> Math.min(run.getValue(), others.getOrDefault(run.getKey(), 0)))
                .sum();
    }
}
