package dev.elbo.data;

import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The sentences of a split, and how many were left out of it. */
final class Sentences {
    private final int longest;
    private final List<List<String>> kept = new ArrayList<>();
    private final Map<String, String> seen = new HashMap<>();
    private long empty;
    private long tooLong;

    /** @param longest the number of words in the longest sentence that is kept */
    Sentences(int longest) {
        this.longest = longest;
    }

    /** Keeps a sentence, unless it has no words or too many. */
    void add(String sentence) {
        List<String> words = Words.of(sentence);
        if (words.isEmpty()) {
            empty++;
        } else if (words.size() > longest) {
            tooLong++;
        } else {
            kept.add(words.stream()
                    .map(word -> seen.computeIfAbsent(word, first -> first))
                    .toList()); // one object for a word, however often it occurs
        }
    }

    /** How many are kept. */
    int size() {
        return kept.size();
    }

    /** How many there were without words. */
    long empty() {
        return empty;
    }

    /** How many there were with too many words. */
    long tooLong() {
        return tooLong;
    }

    /** The words of all that are kept. */
    Stream<String> words() {
        return kept.stream().flatMap(List::stream);
    }

    /** The number of words of the longest that is kept; 0 without any. */
    int mostWords() {
        return kept.stream().mapToInt(List::size).max().orElse(0);
    }

    /**
     * These as a field of a split.
     *
     * @param field what it is called
     * @param tokens what it is
     */
    Split split(String field, Field.Tokens tokens) {
        long[] ids = new long[Math.multiplyExact(kept.size(), tokens.longest())];
        long[] lengths = new long[kept.size()];
        for (int i = 0; i < lengths.length; i++) {
            long[] sentence = tokens.vocabulary().encode(kept.get(i));
            System.arraycopy(sentence, 0, ids, i * tokens.longest(), sentence.length);
            lengths[i] = sentence.length;
        }
        RowSource rows = HostArray.of(ids, lengths.length, tokens.longest());
        return new Split(Map.of(field, rows), Map.of(field, HostArray.of(lengths, lengths.length)), Map.of());
    }
}
