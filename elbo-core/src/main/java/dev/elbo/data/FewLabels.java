package dev.elbo.data;

import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Data of which few examples have a label: the other labels are hidden, and are 0 in the place of what they were. As many are kept of
 * each class, give or take one; which, is a function of the seed.
 *
 * @param field a category
 * @param count labels that are kept; all of a class that has fewer
 */
public record FewLabels(String field, int count, long seed) {
    /**
     * The same split with most labels hidden.
     *
     * @throws IllegalArgumentException if it has no such field, or a class would be left without a label
     */
    public Split of(Split split) {
        long[] labels = split.field(field).toHost().toLongs();
        byte[] present = new byte[labels.length];
        kept(labels, split.present(field)).forEach(row -> present[row] = 1);
        long[] seen = new long[labels.length];
        for (int row = 0; row < labels.length; row++) {
            seen[row] = present[row] * labels[row];
        }
        Map<String, RowSource> fields = new LinkedHashMap<>(split.fields());
        fields.put(field, HostArray.of(seen, seen.length));
        Map<String, RowSource> known = new LinkedHashMap<>(split.present());
        known.put(field, HostArray.of(present, present.length));
        return new Split(fields, split.lengths(), known);
    }

    /** One of each class, then another of each, until there are enough. */
    private List<Integer> kept(long[] labels, boolean[] known) {
        Collection<List<Integer>> byClass = shuffledByClass(labels, known);
        if (count < byClass.size()) {
            throw new IllegalArgumentException("labels must be at least 1 for each of the " + byClass.size()
                    + " classes of field '" + field + "'; got " + count);
        }
        List<Integer> kept = new ArrayList<>();
        for (int round = 0; round < labels.length && kept.size() < count; round++) {
            for (List<Integer> rows : byClass) {
                if (round < rows.size() && kept.size() < count) {
                    kept.add(rows.get(round));
                }
            }
        }
        return kept;
    }

    private Collection<List<Integer>> shuffledByClass(long[] labels, boolean[] known) {
        Map<Long, List<Integer>> byClass = new TreeMap<>();
        for (int row = 0; row < labels.length; row++) {
            if (known[row]) {
                byClass.computeIfAbsent(labels[row], label -> new ArrayList<>()).add(row);
            }
        }
        Random random = new Random(seed);
        byClass.values().forEach(rows -> Collections.shuffle(rows, random));
        return byClass.values();
    }
}
