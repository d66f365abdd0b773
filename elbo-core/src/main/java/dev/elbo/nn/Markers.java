package dev.elbo.nn;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Tensor;

/**
 * Which words, and which pairs of words, tell the style of a sentence: those that are far more frequent in one style than in the
 * others. Li, Jia, He and Liang (2018), "Delete, Retrieve, Generate", section 3.1.
 *
 * @param words 1 for a word that marks a style, else 0, [S, V]
 * @param pairs the same of pairs of neighbours, by a number that several may share, [S, P]
 */
public record Markers(Tensor words, Tensor pairs) implements Module {
    private static final long PAIRS = 1 << 18;

    /** A prime: pairs of frequent words get different numbers. */
    private static final long STRIDE = 7919;

    /** Without a marker yet. */
    public static Markers of(long styles, long vocabulary, Initializer initial) {
        return new Markers(initial.buffer(0, styles, vocabulary), initial.buffer(0, styles, PAIRS));
    }

    /** The number of a pair of words, which some others have too. */
    public static int pair(long first, long second) {
        return (int) ((first * STRIDE + second) % PAIRS);
    }

    /** How many numbers pairs have. */
    public static int pairNumbers() {
        return (int) PAIRS;
    }

    /**
     * Where sentences have a marker of their style. What is no word is none, nor a part of one, whatever pairs share its number.
     *
     * @param tokens INT64 [B, T]
     * @param isWord which of them are words: no ends, nothing behind an end, and no word that is unknown; BOOL [B, T]
     * @param styles INT64 [B]
     * @return BOOL [B, T]
     */
    public Tensor in(Tensor tokens, Tensor isWord, Tensor styles) {
        Tensor marked = looked(words, tokens, styles).greaterThan(0).and(isWord);
        if (tokens.size(1) == 1) {
            return marked;
        }
        Tensor first = tokens.narrow(1, 0, tokens.size(1) - 1);
        Tensor second = tokens.narrow(1, 1, tokens.size(1) - 1);
        Tensor number =
                first.to(DType.FLOAT64).times((double) STRIDE).plus(second.to(DType.FLOAT64)); // exact up to 2⁵³
        Tensor rest = number.minus(number.over((double) PAIRS).floor().times((double) PAIRS))
                .to(DType.INT64);
        Tensor areWords = isWord.narrow(1, 0, tokens.size(1) - 1).and(isWord.narrow(1, 1, tokens.size(1) - 1));
        Tensor both = looked(pairs, rest, styles).times(areWords.to(DType.FLOAT32));
        Tensor begins = both.pad(1, 0, 1, 0).greaterThan(0);
        Tensor ends = both.pad(1, 1, 0, 0).greaterThan(0);
        return marked.or(begins).or(ends);
    }

    /** Of a table [S, N], the numbers at columns [B, T] of each row's style. */
    private static Tensor looked(Tensor table, Tensor columns, Tensor styles) {
        Tensor flat = styles.times((double) table.size(1)).unsqueeze(1).plus(columns);
        return table.reshape(-1).select(0, flat.reshape(-1)).reshape(columns.shape());
    }
}
