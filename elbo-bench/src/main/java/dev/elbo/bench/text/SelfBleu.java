package dev.elbo.bench.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How alike the sentences of a set are: the mean of each one's BLEU with all others as references, in 0 … 1. Zhu et al. (2018),
 * section 2.3. Higher is less varied; it grows with the number of sentences, so that only sets of one size can be compared.
 *
 * <p>A sentence's BLEU is smoothed by {@link Smoothing#EPSILON}, as there.
 */
public final class SelfBleu {
    private final List<List<String>> sentences;
    private final List<Map<List<String>, Most>> most = new ArrayList<>();
    private final TreeMap<Integer, Integer> lengths = new TreeMap<>();

    private SelfBleu(List<List<String>> sentences) {
        this.sentences = sentences;
        for (int n = 1; n <= Bleu.MOST; n++) {
            most.add(most(n));
        }
        sentences.forEach(sentence -> lengths.merge(sentence.size(), 1, Integer::sum));
    }

    /**
     * The set's self-BLEU of an order.
     *
     * @throws IllegalArgumentException if there are fewer than two sentences, or the order is not 1 to 4
     */
    public static double of(List<List<String>> sentences, int order) {
        if (sentences.size() < 2) {
            throw new IllegalArgumentException("self-BLEU compares two sentences or more; got " + sentences.size());
        }
        SelfBleu set = new SelfBleu(sentences);
        return IntStream.range(0, sentences.size())
                .mapToDouble(i -> set.counts(i).score(order, Smoothing.EPSILON))
                .average()
                .orElseThrow();
    }

    /**
     * How often a run is in the sentence that has it most often, and in the one that has it second most often: the references of a
     * sentence are all but itself, and need not be looked through for each.
     */
    private record Most(int owner, int count, int second) {
        Most or(Most other) {
            return other.count > count
                    ? new Most(other.owner, other.count, count)
                    : new Most(owner, count, Math.max(second, other.count));
        }

        int without(int sentence) {
            return owner == sentence ? second : count;
        }
    }

    private Map<List<String>, Most> most(int n) {
        Map<List<String>, Most> all = new HashMap<>();
        for (int i = 0; i < sentences.size(); i++) {
            int owner = i;
            NGrams.counts(sentences.get(i), n)
                    .forEach((run, count) -> all.merge(run, new Most(owner, count, 0), Most::or));
        }
        return all;
    }

    private Bleu counts(int sentence) {
        List<String> words = sentences.get(sentence);
        List<Long> matched = new ArrayList<>();
        List<Long> counted = new ArrayList<>();
        for (int n = 1; n <= Bleu.MOST; n++) {
            Map<List<String>, Most> others = most.get(n - 1);
            matched.add(NGrams.counts(words, n).entrySet().stream()
                    .mapToLong(run -> Math.min(
                            run.getValue(),
                            Objects.requireNonNull(others.get(run.getKey())).without(sentence)))
                    .sum());
            counted.add((long) Math.max(0, words.size() - n + 1));
        }
        return new Bleu(matched, counted, words.size(), nearest(words.size()));
    }

    /** The length of the other sentence that is nearest in length. */
    private int nearest(int length) {
        if (lengths.getOrDefault(length, 0) > 1) {
            return length;
        }
        Integer below = lengths.lowerKey(length);
        Integer above = lengths.higherKey(length);
        if (below == null || above == null) {
            return below != null ? below : above != null ? above : length;
        }
        return length - below <= above - length ? below : above;
    }
}
