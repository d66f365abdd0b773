package dev.elbo.bench.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What BLEU is computed from: runs of n words that sentences share with their references, summed over as many sentences as one
 * likes. Papineni et al. (2002), section 2:
 *
 * <p>BLEU-N = exp(min(0, 1 − r/c) + Σₙ log pₙ / N), with pₙ = matched / counted.
 *
 * <p>A run counts as matched at most as often as it is in the reference that has it most often. r adds up the length of each
 * sentence's nearest reference, the shorter one of two that are as near. Of one sentence this is sentence BLEU, of the sum of all
 * corpus BLEU.
 *
 * @param matched runs of 1, 2, … {@link #MOST} words that are in a reference
 * @param counted runs of 1, 2, … {@link #MOST} words
 * @param length c, in words
 * @param reference r, in words
 */
public record Bleu(List<Long> matched, List<Long> counted, long length, long reference) {
    /** Words in the longest runs that are counted: one more than those of BLEU-4, which {@link Smoothing#NEIGHBOURS} asks for. */
    static final int MOST = 5;

    /** Copies the lists. */
    public Bleu {
        matched = List.copyOf(matched);
        counted = List.copyOf(counted);
    }

    /**
     * The counts of one sentence.
     *
     * @throws IllegalArgumentException if there is no reference
     */
    public static Bleu of(List<String> sentence, List<List<String>> references) {
        int nearest = references.stream()
                .map(List::size)
                .min(Comparator.comparingInt((Integer size) -> Math.abs(size - sentence.size()))
                        .thenComparingInt(size -> size))
                .orElseThrow(() -> new IllegalArgumentException("BLEU compares with at least one reference"));
        List<Long> matched = new ArrayList<>();
        List<Long> counted = new ArrayList<>();
        for (int n = 1; n <= MOST; n++) {
            Map<List<String>, Integer> runs = NGrams.counts(sentence, n);
            matched.add((long) NGrams.common(runs, mostOften(references, n)));
            counted.add((long) Math.max(0, sentence.size() - n + 1));
        }
        return new Bleu(matched, counted, sentence.size(), nearest);
    }

    private static Map<List<String>, Integer> mostOften(List<List<String>> references, int n) {
        Map<List<String>, Integer> most = new HashMap<>();
        references.forEach(
                reference -> NGrams.counts(reference, n).forEach((run, count) -> most.merge(run, count, Math::max)));
        return most;
    }

    /**
     * The counts of all sentences together.
     *
     * @param references of each sentence
     * @throws IllegalArgumentException if there is no sentence, or one has no references
     */
    public static Bleu corpus(List<List<String>> sentences, List<List<List<String>>> references) {
        if (sentences.isEmpty() || sentences.size() != references.size()) {
            throw new IllegalArgumentException("BLEU compares each sentence with its references; got "
                    + sentences.size() + " sentences and " + references.size() + " lists of references");
        }
        return IntStream.range(0, sentences.size())
                .mapToObj(i -> of(sentences.get(i), references.get(i)))
                .reduce(Bleu::plus)
                .orElseThrow();
    }

    /** The counts of both. */
    public Bleu plus(Bleu other) {
        return new Bleu(
                sum(matched, other.matched),
                sum(counted, other.counted),
                length + other.length,
                reference + other.reference);
    }

    private static List<Long> sum(List<Long> a, List<Long> b) {
        return IntStream.range(0, a.size()).mapToObj(i -> a.get(i) + b.get(i)).toList();
    }

    /** BLEU-{@code order} in 0 … 1; 0 if there is an n of which no run is matched. */
    public double score(int order) {
        return score(order, Smoothing.NONE);
    }

    /**
     * BLEU-{@code order}, smoothed; 0 if no word is matched.
     *
     * @throws IllegalArgumentException if the order is not 1 to 4
     */
    public double score(int order, Smoothing smoothing) {
        if (order < 1 || order >= MOST) {
            throw new IllegalArgumentException("BLEU is of runs of up to 1 to 4 words; got " + order);
        }
        if (matched.get(0) == 0) {
            return 0;
        }
        double logs = 0;
        for (double precision : smoothing.precisions(this, order)) {
            logs += Math.log(precision); // of 0: −∞, and the score is 0
        }
        return Math.exp(Math.min(0, 1 - (double) reference / length) + logs / order);
    }

    /** pₙ; 0 of a sentence that has no run of n words. */
    double precision(int n) {
        return (double) matched.get(n - 1) / Math.max(1, counted.get(n - 1));
    }
}
