package dev.elbo.recipe;

import dev.elbo.data.Examples;
import dev.elbo.data.Split;
import dev.elbo.data.Vocabulary;
import dev.elbo.model.WithoutMarkers;
import dev.elbo.model.WrittenFrom;
import dev.elbo.nn.Markers;
import dev.elbo.tensor.HostArray;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.IntStream;

/** How often words, and pairs of neighbours, are written in each style. */
final class WordCounts {
    /** Counted beside what was seen, so that a rare word is no marker by chance; λ of Li et al. (2018). */
    private static final double SMOOTHING = 1;

    /** Rows that are counted at once. */
    private static final long PORTION = 4096;

    private final double[][] words;
    private final double[][] pairs;

    private WordCounts(int styles, int vocabulary) {
        words = new double[styles][vocabulary];
        pairs = new double[styles][Markers.pairNumbers()];
    }

    /** Of examples with a text and a label. */
    static WordCounts of(Examples examples, int styles, int vocabulary) {
        WordCounts counts = new WordCounts(styles, vocabulary);
        Split split = examples.split();
        var texts = Objects.requireNonNull(split.fields().get(WithoutMarkers.TEXT));
        var labels = Objects.requireNonNull(split.fields().get(WrittenFrom.LABEL));
        long rows = split.size();
        for (long from = 0; from < rows; from += PORTION) {
            long to = Math.min(rows, from + PORTION);
            counts.add(texts.rows(from, to), labels.rows(from, to).toLongs());
        }
        return counts;
    }

    private void add(HostArray texts, long[] labels) {
        long[] tokens = texts.toLongs();
        int width = tokens.length / labels.length;
        for (int row = 0; row < labels.length; row++) {
            int style = (int) labels[row];
            long before = Vocabulary.BEGIN;
            for (int t = row * width; t < (row + 1) * width; t++) {
                if (tokens[t] > Vocabulary.END) {
                    words[style][(int) tokens[t]]++;
                }
                if (tokens[t] > Vocabulary.END && before > Vocabulary.END) {
                    pairs[style][Markers.pair(before, tokens[t])]++;
                }
                before = tokens[t];
            }
        }
    }

    /** 1 for a word that is {@code salience} times as frequent in a style as in the others, else 0, [S, V]. */
    HostArray markingWords(double salience) {
        return HostArray.of(marked(words, salience), words.length, words[0].length);
    }

    /** The same of pairs of neighbours by their numbers, [S, P]. */
    HostArray markingPairs(double salience) {
        return HostArray.of(marked(pairs, salience), pairs.length, pairs[0].length);
    }

    private static float[] marked(double[][] counts, double salience) {
        int styles = counts.length;
        int width = counts[0].length;
        double[] totals = Arrays.stream(counts)
                .mapToDouble(each -> Arrays.stream(each).sum())
                .toArray();
        double all = Arrays.stream(totals).sum();
        float[] marks = new float[styles * width];
        for (int style = 0; style < styles; style++) {
            // as if all styles had as many words
            double fair = (all - totals[style]) / Math.max(1, totals[style]);
            for (int i = 0; i < width; i++) {
                double others = 0;
                for (int other = 0; other < styles; other++) {
                    others += other == style ? 0 : counts[other][i];
                }
                double ratio = (counts[style][i] * fair + SMOOTHING) / (others + SMOOTHING);
                marks[style * width + i] = ratio >= salience ? 1 : 0;
            }
        }
        return marks;
    }

    /**
     * 1 for a word of content, else 0, [V]: it was met, marks no style, and is none of the most frequent words, which are left out until
     * they are a share of all that is written.
     *
     * @param salience from which on a word marks a style
     * @param common the share, in [0, 1)
     */
    HostArray content(double salience, double common) {
        int width = words[0].length;
        double[] counts = new double[width];
        Arrays.stream(words).forEach(style -> Arrays.setAll(counts, i -> counts[i] + style[i]));
        float[] marks = marked(words, salience);
        float[] content = new float[width];
        double left = common * Arrays.stream(counts).sum();
        for (int word : byFrequency(counts)) {
            boolean isMarker = IntStream.range(0, words.length).anyMatch(style -> marks[style * width + word] > 0);
            content[word] = counts[word] > 0 && left <= 0 && !isMarker ? 1 : 0;
            left -= counts[word];
        }
        return HostArray.of(content, width);
    }

    private static int[] byFrequency(double[] counts) {
        return IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -counts[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
