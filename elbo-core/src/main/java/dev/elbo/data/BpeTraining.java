package dev.elbo.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The learning of a byte-pair encoding from a text: the pair of neighbours that is most frequent becomes one piece, again and again.
 * Sennrich et al. (2016), algorithm 1. Only the words that hold the pair are counted again. Of pairs that are as frequent, the one of
 * pieces that were known before comes first.
 */
final class BpeTraining {
    private static final int LEAST = 2;

    private final List<String> pieces;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<int[]> words = new ArrayList<>();
    private final List<Long> frequencies = new ArrayList<>();
    private final Map<Long, Long> counts = new HashMap<>();
    private final Map<Long, Set<Integer>> places = new HashMap<>();
    private final PriorityQueue<Candidate> queue = new PriorityQueue<>(
            Comparator.comparingLong(Candidate::count).reversed().thenComparingLong(Candidate::pair));

    /**
     * A pair that may be merged next.
     *
     * @param pair the number of the left piece, and behind it that of the right
     * @param count how often it was seen when it was put into the queue; it may be less by now
     */
    private record Candidate(long pair, long count) {}

    /**
     * The words of a text as characters.
     *
     * @param frequencies of the words
     * @param alphabet the characters that are told apart; no others are merged
     */
    BpeTraining(Map<String, Long> frequencies, List<String> alphabet) {
        this.pieces = new ArrayList<>(alphabet);
        alphabet.forEach(character -> numbers.put(character, numbers.size()));
        frequencies.forEach((word, frequency) -> {
            words.add(word.codePoints()
                    .map(character -> numbers.getOrDefault(Character.toString(character), -1))
                    .toArray());
            this.frequencies.add(frequency);
        });
        Set<Long> pairs = new HashSet<>();
        for (int word = 0; word < words.size(); word++) {
            count(word, this.frequencies.get(word), pairs);
        }
        pairs.forEach(pair -> enqueue(pair, counts.getOrDefault(pair, 0L)));
    }

    /** The merges, the first first; fewer than the most if no pair occurs twice. */
    List<Bpe.Merge> merges(int most) {
        List<Bpe.Merge> merges = new ArrayList<>();
        while (merges.size() < most && !queue.isEmpty()) {
            Candidate next = queue.remove();
            long count = counts.getOrDefault(next.pair(), 0L);
            if (count < next.count()) {
                enqueue(next.pair(), count); // it has become rarer since
            } else {
                merges.add(new Bpe.Merge(pieces.get(left(next.pair())), pieces.get(right(next.pair()))));
                merge(next.pair());
            }
        }
        return merges;
    }

    private void merge(long pair) {
        String merged = pieces.get(left(pair)) + pieces.get(right(pair));
        int number = numbers.computeIfAbsent(merged, piece -> pieces.size());
        if (number == pieces.size()) {
            pieces.add(merged);
        }
        Set<Long> grown = new HashSet<>();
        for (int word : Objects.requireNonNull(places.remove(pair))) {
            count(word, -frequencies.get(word), new HashSet<>());
            words.set(word, merged(words.get(word), pair, number));
            count(word, frequencies.get(word), grown);
        }
        grown.forEach(other -> enqueue(other, counts.getOrDefault(other, 0L)));
    }

    private static int[] merged(int[] word, long pair, int number) {
        int[] shorter = new int[word.length];
        int length = 0;
        for (int i = 0; i < word.length; i++) {
            boolean isPair = i + 1 < word.length && pair(word[i], word[i + 1]) == pair;
            shorter[length++] = isPair ? number : word[i];
            i += isPair ? 1 : 0;
        }
        return Arrays.copyOf(shorter, length);
    }

    /** Adds the pairs of a word. */
    private void count(int word, long frequency, Set<Long> seen) {
        int[] symbols = words.get(word);
        for (int i = 0; i + 1 < symbols.length; i++) {
            if (symbols[i] >= 0 && symbols[i + 1] >= 0) {
                long pair = pair(symbols[i], symbols[i + 1]);
                counts.merge(pair, frequency, Long::sum);
                places.computeIfAbsent(pair, none -> new HashSet<>()).add(word);
                seen.add(pair);
            }
        }
    }

    private void enqueue(long pair, long count) {
        if (count >= LEAST) {
            queue.add(new Candidate(pair, count));
        }
    }

    private static long pair(int left, int right) {
        return (long) left << 32 | right;
    }

    private static int left(long pair) {
        return (int) (pair >> 32);
    }

    private static int right(long pair) {
        return (int) pair;
    }
}
