package dev.elbo.data;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Splits of which only some observations keep their label, as in learning from few labels (Kingma et al. 2014, M2). */
public final class Labels {
    private Labels() {}

    /**
     * The split with the labels of so many observations, evenly over the classes and by chance within each. A class that has
     * fewer than its part gives all; others make up for it.
     *
     * @param field the category that says the class
     * @param count how many observations keep their label
     * @param seed of the choice; the labels that fewer keep are among those that more keep, as far as classes are even
     * @throws IllegalArgumentException if there is no such field, or not so many observations have it, or the count is negative
     */
    public static Split keep(Split split, String field, int count, long seed) {
        boolean[] kept = new boolean[Math.toIntExact(split.size())];
        List<Integer> candidates = inTurns(split, field, seed);
        if (count < 0 || count > candidates.size()) {
            throw new IllegalArgumentException(count + " labels of field '" + field + "' cannot be kept: "
                    + candidates.size() + " of " + split.size() + " observations have one");
        }
        candidates.subList(0, count).forEach(row -> kept[row] = true);
        return split.hide(field, row -> !kept[(int) row]);
    }

    /** Labelled observations: one of each class by turns, for as long as it has any. */
    private static List<Integer> inTurns(Split split, String field, long seed) {
        SortedMap<Long, List<Integer>> classes = shuffledByClass(split, field, seed);
        int most = classes.values().stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, most)
                .boxed()
                .flatMap(turn -> classes.values().stream()
                        .filter(rows -> turn < rows.size())
                        .map(rows -> rows.get(turn)))
                .toList();
    }

    private static SortedMap<Long, List<Integer>> shuffledByClass(Split split, String field, long seed) {
        boolean[] present = split.present(field);
        long[] labels = split.field(field).toHost().toLongs();
        SortedMap<Long, List<Integer>> classes = new TreeMap<>();
        for (long row : new Shuffled(seed, labels.length, 1).rows(0)) {
            if (present[(int) row]) {
                classes.computeIfAbsent(labels[(int) row], label -> new ArrayList<>())
                        .add((int) row);
            }
        }
        return classes;
    }
}
