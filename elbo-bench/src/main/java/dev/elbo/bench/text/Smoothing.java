package dev.elbo.bench.text;

import java.util.stream.IntStream;

/**
 * What BLEU does about runs of words of which none is matched, which are common in one sentence and rare in a thousand. Chen and
 * Cherry (2014) compare seven ways; these are the ones that published figures of text were computed with.
 */
public enum Smoothing {
    /** Nothing: BLEU is 0. For a whole corpus. */
    NONE {
        @Override
        double[] precisions(Bleu counts, int order) {
            return IntStream.rangeClosed(1, order)
                    .mapToDouble(counts::precision)
                    .toArray();
        }
    },

    /** A tenth of a run is matched where none is: their first way. Zhu et al. (2018) compute self-BLEU with it. */
    EPSILON {
        @Override
        double[] precisions(Bleu counts, int order) {
            return IntStream.rangeClosed(1, order)
                    .mapToDouble(n -> counts.matched().get(n - 1) > 0
                            ? counts.precision(n)
                            : TENTH / Math.max(1, counts.counted().get(n - 1)))
                    .toArray();
        }
    },

    /**
     * Their seventh way, as NLTK has it since version 3.5, with which dialogues are judged (Zhao et al. 2017, Gu et al. 2019). Where
     * none is matched for the j-th time, ln(c) / (2ʲ · 5) runs are (the fourth way; c is the sentence's length). Then each precision is
     * the mean of its neighbours and itself (the fifth): p′ₙ = (p′ₙ₋₁ + pₙ + pₙ₊₁) / 3, with p′₀ = p₁ + 1. A copy of the reference has
     * a little more than 1.
     *
     * <p>Older versions of NLTK computed the fourth way wrongly, and gave short sentences more: figures of papers before 2020 are higher
     * for that. NLTK takes p₅ in the place of the last pₙ₊₁ whatever the order is; here it is the one that the formula says.
     */
    NEIGHBOURS {
        @Override
        double[] precisions(Bleu counts, int order) {
            double[] p = new double[order + 2]; // from 0, as in the formula
            p[order + 1] = counts.precision(order + 1);
            double share = Math.log((double) counts.length()) / FIVE;
            for (int n = 1; n <= order; n++) {
                boolean isMatched = counts.matched().get(n - 1) > 0;
                share /= isMatched ? 1 : 2;
                p[n] = isMatched
                        ? counts.precision(n)
                        : share / Math.max(1, counts.counted().get(n - 1));
            }
            double[] smoothed = new double[order];
            double before = p[1] + 1;
            for (int n = 1; n <= order; n++) {
                before = (before + p[n] + p[n + 1]) / 3;
                smoothed[n - 1] = before;
            }
            return smoothed;
        }
    };

    private static final double TENTH = 0.1;
    private static final double FIVE = 5;

    /** The precisions of runs of 1 to {@code order} words. */
    abstract double[] precisions(Bleu counts, int order);
}
