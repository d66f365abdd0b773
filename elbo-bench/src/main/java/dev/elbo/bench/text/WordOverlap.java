package dev.elbo.bench.text;

import java.util.List;

/** Words that sentences and others have in common, however they are ordered, over the words of the longer one; in 0 … 1. */
public final class WordOverlap {
    private WordOverlap() {}

    /**
     * All pairs together: Σ common / Σ longer, as {@link dev.elbo.evaluate.SentenceEstimate} has it of reconstructions; 1 if all are
     * empty.
     *
     * @throws IllegalArgumentException if there are more of one than of the other
     */
    public static double of(List<List<String>> sentences, List<List<String>> others) {
        if (sentences.size() != others.size()) {
            throw new IllegalArgumentException(
                    sentences.size() + " sentences cannot be compared with " + others.size());
        }
        long common = 0;
        long longer = 0;
        for (int i = 0; i < sentences.size(); i++) {
            List<String> a = sentences.get(i);
            List<String> b = others.get(i);
            common += NGrams.common(NGrams.counts(a, 1), NGrams.counts(b, 1));
            longer += Math.max(a.size(), b.size());
        }
        return longer == 0 ? 1 : (double) common / longer;
    }
}
