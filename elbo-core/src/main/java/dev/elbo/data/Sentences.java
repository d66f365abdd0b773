package dev.elbo.data;

import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The sentences of a split, and how many were left out of it. */
final class Sentences {
    private final int longest;
    private final Tokeniser tokeniser;
    private final List<String> labels = new ArrayList<>();
    private final List<List<String>> kept = new ArrayList<>();
    private final Map<String, String> seen = new HashMap<>();
    private long empty;
    private long tooLong;

    /**
     * None yet.
     *
     * @param longest the number of words in the longest sentence that is kept
     * @param tokeniser what words are
     */
    Sentences(int longest, Tokeniser tokeniser) {
        this.longest = longest;
        this.tokeniser = tokeniser;
    }

    /** Keeps a sentence with its label, unless it has no words or too many. */
    void add(String sentence, String label) {
        int before = kept.size();
        add(sentence);
        if (kept.size() > before) {
            labels.add(label);
        }
    }

    /** The labels of all that are kept; empty if they have none. */
    List<String> labels() {
        return labels;
    }

    /** Keeps a sentence, unless it has no words or too many. */
    void add(String sentence) {
        List<String> words = tokeniser.split(sentence);
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
     * These as fields of a split.
     *
     * @param tokens what the sentences are
     * @param classes what the labels are, if there are any
     */
    Split split(Field.Tokens tokens, Optional<Field.Category> classes) {
        long[] ids = new long[Math.multiplyExact(kept.size(), tokens.longest())];
        long[] lengths = new long[kept.size()];
        for (int i = 0; i < lengths.length; i++) {
            long[] sentence = tokens.vocabulary().encode(kept.get(i));
            System.arraycopy(sentence, 0, ids, i * tokens.longest(), sentence.length);
            lengths[i] = sentence.length;
        }
        RowSource rows = HostArray.of(ids, lengths.length, tokens.longest());
        Map<String, RowSource> fields = new LinkedHashMap<>(Map.of(Text.FIELD, rows));
        classes.ifPresent(known -> fields.put(Text.LABEL, numbers(known)));
        return new Split(fields, Map.of(Text.FIELD, HostArray.of(lengths, lengths.length)), Map.of());
    }

    private HostArray numbers(Field.Category classes) {
        return HostArray.of(labels.stream().mapToLong(classes.names()::indexOf).toArray(), labels.size());
    }
}
