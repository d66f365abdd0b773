package dev.elbo.data;

import dev.elbo.tensor.HostArray;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is said of observations beside themselves, by one rule for all splits: the class of each, as {@code label}; or, where
 * there are several or continuous numbers for each, these as {@code attributes}.
 *
 * @param name what the field is called
 * @param field what it is
 * @param splits INT64 [N] or FLOAT32 [N, D], by split
 * @param notes what a user should know, in sentences without a full stop
 */
record Labelling(String name, Field field, Map<String, HostArray> splits, List<String> notes) {
    static final String LABEL = "label";
    static final String ATTRIBUTES = "attributes";

    /** Beyond so many classes, numbers are more likely something else. */
    private static final int MAX_CLASSES = 10_000;

    /** So many classes are named in a note. */
    private static final int MOST_NAMED = 10;

    /**
     * The labels of arrays.
     *
     * @param splits by name, each in one array or several that follow each other
     * @throws InvalidFileException if they are neither classes nor numbers in rows of one length
     */
    static Labelling of(Map<String, List<LabelArray>> splits) throws InvalidFileException {
        if (all(splits, array -> array.isOfTexts() || array.isOfWholeNumbers()) || all(splits, LabelArray::isOneHot)) {
            Map<String, List<String>> classes = new LinkedHashMap<>();
            splits.forEach((split, arrays) -> classes.put(
                    split,
                    arrays.stream().flatMap(array -> array.classes().stream()).toList()));
            if (all(splits, LabelArray::isOfTexts) || different(classes) <= MAX_CLASSES) {
                return ofClasses(
                        classes, splits.values().iterator().next().get(0).origin());
            }
        }
        return ofNumbers(splits);
    }

    private static boolean all(Map<String, List<LabelArray>> splits, Predicate<LabelArray> is) {
        return splits.values().stream().flatMap(List::stream).allMatch(is);
    }

    private static int different(Map<String, List<String>> classes) {
        Set<String> all = new HashSet<>();
        classes.values().forEach(all::addAll);
        return all.size();
    }

    /**
     * Classes are the values that occur, over all splits together: in the order of numbers if all are numbers, else of text.
     *
     * @param splits the class of each observation by split
     * @param origin the file, for messages
     * @throws InvalidFileException if there are more than 10,000
     */
    static Labelling ofClasses(Map<String, List<String>> splits, String origin) throws InvalidFileException {
        List<String> classes = sorted(splits.values().stream().flatMap(List::stream));
        if (classes.size() > MAX_CLASSES || classes.isEmpty()) {
            throw new InvalidFileException(
                    origin,
                    "has " + classes.size() + " different labels, and classes are from 1 to " + MAX_CLASSES,
                    "Give labels that many observations share, or none",
                    null);
        }
        Map<String, Long> numbers = new HashMap<>();
        classes.forEach(name -> numbers.put(name, (long) numbers.size()));
        Map<String, HostArray> labels = new LinkedHashMap<>();
        splits.forEach((split, values) -> labels.put(
                split, HostArray.of(values.stream().mapToLong(numbers::get).toArray(), values.size())));
        return new Labelling(LABEL, new Field.Category(classes), labels, inOneSplitOnly(splits, classes));
    }

    /** The different names of classes, in the order of numbers if all are numbers, else of text. */
    static List<String> sorted(Stream<String> labels) {
        Set<String> values = labels.collect(Collectors.toSet());
        boolean areNumbers = values.stream().allMatch(value -> value.matches("-?\\d{1,30}(\\.\\d{1,30})?"));
        Comparator<String> order = areNumbers
                ? Comparator.<String, BigDecimal>comparing(BigDecimal::new).thenComparing(Comparator.naturalOrder())
                : Comparator.naturalOrder();
        return values.stream().sorted(order).toList();
    }

    /** As in "class 'x' occurs in train only". */
    private static List<String> inOneSplitOnly(Map<String, List<String>> splits, List<String> classes) {
        Map<String, Set<String>> occurring = new LinkedHashMap<>();
        splits.forEach((split, values) -> occurring.put(split, new HashSet<>(values)));
        Map<String, List<String>> only = new LinkedHashMap<>();
        for (String name : classes) {
            List<String> where = occurring.keySet().stream()
                    .filter(split -> occurring.getOrDefault(split, Set.of()).contains(name))
                    .toList();
            if (where.size() == 1 && splits.size() > 1) {
                only.computeIfAbsent(where.get(0), split -> new ArrayList<>()).add(name);
            }
        }
        return only.entrySet().stream()
                .map(entry -> sentence(entry.getValue()) + " in " + entry.getKey() + " only")
                .toList();
    }

    private static String sentence(List<String> names) {
        String named =
                names.stream().limit(MOST_NAMED).map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        String more = names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more" : "";
        return names.size() == 1 ? "class " + named + " occurs" : "classes " + named + more + " occur";
    }

    private static Labelling ofNumbers(Map<String, List<LabelArray>> splits) throws InvalidFileException {
        Map<String, HostArray> rows = new LinkedHashMap<>();
        Set<Long> widths = new LinkedHashSet<>();
        for (Map.Entry<String, List<LabelArray>> split : splits.entrySet()) {
            List<HostArray> parts = new ArrayList<>();
            for (LabelArray array : split.getValue()) {
                parts.add(array.rows());
                widths.add(array.columns());
                if (widths.size() > 1) {
                    throw new InvalidFileException(
                            array.origin(),
                            "has rows of other lengths than labels before it: " + widths,
                            "Give each observation as many numbers",
                            null);
                }
            }
            rows.put(split.getKey(), HostArray.concat(parts));
        }
        int columns = Math.toIntExact(widths.iterator().next());
        return new Labelling(
                ATTRIBUTES,
                new Field.Table(columns),
                rows,
                List.of("labels are " + (columns == 1 ? "a number" : columns + " numbers")
                        + " for each observation, and no classes; they became the field 'attributes'"));
    }
}
