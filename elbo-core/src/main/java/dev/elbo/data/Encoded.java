package dev.elbo.data;

import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The examples of a split as tokens. All sentences stand one after the other, each with its end, so that the context of one is what
 * stands before it: no token is there twice.
 */
final class Encoded {
    private final Grouping grouping;
    private final int longest;
    private final List<String> labels;
    private final Ints tokens = new Ints();
    private final Ints from = new Ints();
    private final Ints lengths = new Ints();
    private final Ints contextFrom = new Ints();
    private final Ints contextLengths = new Ints();
    private final Ints labelled = new Ints();
    private final Deque<Integer> before = new ArrayDeque<>();
    private boolean isContextCut;
    private int begin;
    private int mostWords;
    private long tooLong;

    /**
     * None yet.
     *
     * @param longest tokens of the longest sentence, without its end
     * @param labels by their numbers
     */
    Encoded(Grouping grouping, int longest, List<String> labels) {
        this.grouping = grouping;
        this.longest = longest;
        this.labels = labels;
    }

    /** Adds tokens to the sentence that is being written. */
    void write(int[] ids) {
        for (int id : ids) {
            tokens.add(id);
        }
    }

    /**
     * Ends a sentence.
     *
     * @param place in its group, from 0
     * @param isCut whether its end is missing already
     * @param label of the sentence; any if there are none
     */
    void end(int place, boolean isCut, int label) {
        boolean isTooLong = isCut || tokens.size() - begin > longest;
        tokens.truncate(Math.min(tokens.size(), begin + longest));
        tokens.add((int) Vocabulary.END);
        if (place == 0) {
            before.clear();
            isContextCut = false;
        }
        boolean isLeftOut = isTooLong || (isContextCut && !grouping.areCut());
        boolean isExample = grouping.context() == 0 || place > 0;
        if (isLeftOut && (isExample || grouping.areCut())) {
            tooLong++;
        } else if (isExample) {
            addExample(label);
        }
        isContextCut |= isTooLong;
        before.addLast(begin);
        if (before.size() > grouping.context()) {
            before.removeFirst();
        }
        begin = tokens.size();
    }

    private void addExample(int label) {
        from.add(begin);
        lengths.add(tokens.size() - begin);
        mostWords = Math.max(mostWords, tokens.size() - begin - 1);
        if (grouping.context() > 0) {
            contextFrom.add(before.getFirst());
            contextLengths.add(begin - before.getFirst());
        }
        if (!labels.isEmpty()) {
            labelled.add(label);
        }
    }

    /** How many examples there are. */
    int size() {
        return from.size();
    }

    /** How many sentences, or groups that are left out as a whole, turned out to be too long. */
    long tooLong() {
        return tooLong;
    }

    /** The number of tokens of the longest that is an example, without its end; 0 without any. */
    int mostWords() {
        return mostWords;
    }

    /**
     * These as fields of a split.
     *
     * @param fields what they are: texts, and contexts and labels if there are such
     */
    Split split(Map<String, Field> fields) {
        Map<String, RowSource> rows = new LinkedHashMap<>();
        Map<String, RowSource> sizes = new LinkedHashMap<>();
        fields.forEach((name, field) -> {
            if (field instanceof Field.Category category) {
                rows.put(name, numbers(category));
            } else if (field instanceof Field.Tokens ofTokens) {
                boolean isContext = name.equals(Text.CONTEXT);
                Ints of = isContext ? contextLengths : lengths;
                rows.put(name, new TokenRows(tokens, isContext ? contextFrom : from, of, ofTokens.longest()).laidOut());
                sizes.put(name, HostArray.of(of.stream().asLongStream().toArray(), of.size()));
            }
        });
        return new Split(rows, sizes, Map.of());
    }

    private HostArray numbers(Field.Category classes) {
        long[] ids = labels.stream().mapToLong(classes.names()::indexOf).toArray();
        return HostArray.of(labelled.stream().mapToLong(label -> ids[label]).toArray(), labelled.size());
    }
}
