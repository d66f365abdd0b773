package dev.elbo.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Different words in the order in which they were first met, and how often each was. */
final class Lexicon {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> words = new ArrayList<>();
    private long[] counts = new long[256];

    /** Counts a word, and gives its number. */
    int number(String word) {
        int number = numbers.computeIfAbsent(word, first -> words.size());
        if (number == words.size()) {
            words.add(word);
            counts = number < counts.length ? counts : Arrays.copyOf(counts, 2 * number);
        }
        counts[number]++;
        return number;
    }

    /** All words, by their numbers. */
    List<String> words() {
        return words;
    }

    /** How often each word was met. */
    Map<String, Long> counts() {
        Map<String, Long> all = new LinkedHashMap<>();
        words.forEach(word -> all.put(word, counts[all.size()]));
        return all;
    }
}
