package dev.elbo.bench.text;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * How varied, long, fluent and new a set of sentences is. Shares and BLEU are in 0 … 1.
 *
 * @param sentences how many there are
 * @param selfBleu {@link SelfBleu} of order 4
 * @param distinct1 {@link Distinct} words
 * @param distinct2 {@link Distinct} pairs of words
 * @param words of a sentence on average
 * @param known the share of sentences that are in the training set word for word
 * @param perplexity of {@link TrigramModel}
 */
public record SentenceSetScore(
        int sentences,
        double selfBleu,
        double distinct1,
        double distinct2,
        double words,
        double known,
        double perplexity) {
    private static final int ORDER = 4;

    /**
     * Judges a set.
     *
     * @param training the sentences that a model learned from
     * @param fluency made of these
     * @throws IllegalArgumentException if there are fewer than two sentences
     */
    public static SentenceSetScore of(List<List<String>> set, Set<List<String>> training, TrigramModel fluency) {
        return new SentenceSetScore(
                set.size(),
                SelfBleu.of(set, ORDER),
                Distinct.of(1, set),
                Distinct.of(2, set),
                set.stream().mapToInt(List::size).average().orElseThrow(),
                set.stream()
                        .mapToInt(each -> training.contains(each) ? 1 : 0)
                        .average()
                        .orElseThrow(),
                fluency.perplexity(set));
    }

    /** As JSON: an object of these names. */
    public ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("sentences", sentences)
                .put("selfBleu", selfBleu)
                .put("distinct1", distinct1)
                .put("distinct2", distinct2)
                .put("words", words)
                .put("known", known)
                .put("perplexity", perplexity);
    }
}
