package dev.elbo.bench.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A trigram model of sentences, interpolated with lower orders by fixed weights (Jelinek and Mercer 1980), as a proxy for how fluent
 * text is. Low is generic as well as fluent: read it beside what real sentences have.
 *
 * <p>p₁(w) = 0.9933 f(w) + 0.0067 / V, p₂(w|v) = 0.7 f(w|v) + 0.3 p₁(w), p₃(w|u, v) = 0.5 f(w|u, v) + 0.5 p₂(w|v), where f are
 * frequencies and V is the number of different words, the end of a sentence and the unknown word included. Of a context that was never
 * seen, the lower order has all weight.
 */
public final class TrigramModel {
    private static final double UNIGRAM = 0.149 / 0.15;
    private static final double BIGRAM = 0.7;
    private static final double TRIGRAM = 0.5;

    private static final long UNKNOWN = 0;
    private static final long BEGIN = 1;
    private static final long END = 2;

    /** Two words and the next one are one number of 63 bits; words beyond that many are unknown. */
    private static final long MOST_WORDS = 1L << 21;

    private final Map<String, Long> ids = new HashMap<>();
    private final Map<Long, Integer> words = new HashMap<>();
    private final Map<Long, Integer> pairs = new HashMap<>();
    private final Map<Long, Integer> triples = new HashMap<>();
    private final Map<Long, Integer> pairContexts = new HashMap<>();
    private long all;

    /**
     * Counts sentences.
     *
     * @throws IllegalArgumentException if there is none
     */
    public TrigramModel(List<List<String>> sentences) {
        if (sentences.isEmpty()) {
            throw new IllegalArgumentException("a trigram model is made from sentences; there is none");
        }
        sentences.forEach(this::add);
    }

    private void add(List<String> sentence) {
        long u = BEGIN;
        long v = BEGIN;
        for (int i = 0; i <= sentence.size(); i++) {
            long w = i == sentence.size() ? END : known(sentence.get(i));
            words.merge(w, 1, Integer::sum);
            pairs.merge(key(v, w), 1, Integer::sum);
            triples.merge(key(u, v, w), 1, Integer::sum);
            pairContexts.merge(key(u, v), 1, Integer::sum);
            all++;
            u = v;
            v = w;
        }
    }

    private long known(String word) {
        Long id = ids.get(word);
        if (id == null && ids.size() + END + 1 < MOST_WORDS) {
            id = ids.size() + END + 1;
            ids.put(word, id);
        }
        return id == null ? UNKNOWN : id;
    }

    private static long key(long... words) {
        long key = 0;
        for (long word : words) {
            key = key * MOST_WORDS + word;
        }
        return key;
    }

    /** exp of the nats of a token, over all sentences; the end of each is a token. */
    public double perplexity(List<List<String>> sentences) {
        double nats = 0;
        long tokens = 0;
        for (List<String> sentence : sentences) {
            nats -= logProbability(sentence);
            tokens += sentence.size() + 1;
        }
        return Math.exp(nats / tokens);
    }

    /** log p of a sentence and its end, in nats. */
    public double logProbability(List<String> sentence) {
        double log = 0;
        long u = BEGIN;
        long v = BEGIN;
        for (int i = 0; i <= sentence.size(); i++) {
            long w = i == sentence.size() ? END : ids.getOrDefault(sentence.get(i), UNKNOWN);
            log += Math.log(probability(u, v, w));
            u = v;
            v = w;
        }
        return log;
    }

    private double probability(long u, long v, long w) {
        double one = UNIGRAM * words.getOrDefault(w, 0) / all + (1 - UNIGRAM) / (ids.size() + 2.0);
        // v was followed as often as it was written, but for the beginning
        double two = mixed(BIGRAM, pairs.getOrDefault(key(v, w), 0), followed(v), one);
        return mixed(TRIGRAM, triples.getOrDefault(key(u, v, w), 0), pairContexts.getOrDefault(key(u, v), 0), two);
    }

    private int followed(long v) {
        return v == BEGIN ? pairContexts.getOrDefault(key(BEGIN, BEGIN), 0) : words.getOrDefault(v, 0);
    }

    private static double mixed(double weight, int count, int context, double lower) {
        return context == 0 ? lower : weight * count / context + (1 - weight) * lower;
    }
}
