package dev.elbo.data;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The sentences of a split as they are read, alone or in groups: each unit of the tokeniser as a number of 4 bytes, until it is known
 * which tokens there are.
 */
final class Sentences {
    private final int longest;
    private final Tokeniser tokeniser;
    private final Grouping grouping;
    private final Lexicon units = new Lexicon();
    private final Lexicon labels = new Lexicon();
    private final Ints written = new Ints();
    private final Ints sizes = new Ints();
    private final Ints places = new Ints();
    private final Ints labelled = new Ints();
    private long empty;
    private long tooLong;
    private long alone;

    /** None yet, each of them an example by itself. */
    Sentences(Reading options) {
        this(options, Grouping.ALONE);
    }

    /** None yet. */
    Sentences(Reading options, Grouping grouping) {
        this.longest = options.longest();
        this.tokeniser = options.tokens();
        this.grouping = grouping;
    }

    /** Labels that there may be, whether or not a sentence has them. */
    void expect(List<String> names) {
        names.forEach(labels::number);
    }

    /** Keeps a sentence, unless it has no words or too many. */
    void add(String sentence) {
        add(List.of(sentence), List.of());
    }

    /** Keeps a sentence with its label, unless it has no words or too many. */
    void add(String sentence, String label) {
        add(List.of(sentence), List.of(label));
    }

    /**
     * Keeps sentences that stand together.
     *
     * @param group in their order; those without words are left out, and so is what is left without context
     * @param names their labels, one for each, or none at all
     */
    void add(List<String> group, List<String> names) {
        List<List<String>> split = group.stream().map(tokeniser::units).toList();
        int[] kept = IntStream.range(0, split.size())
                .filter(i -> !split.get(i).isEmpty())
                .toArray();
        if (kept.length < group.size()) {
            empty += grouping.areCut() ? group.size() - kept.length : 1;
        }
        boolean isWhole = kept.length == group.size() || grouping.areCut();
        boolean isShort = grouping.areCut() || split.stream().allMatch(sentence -> sentence.size() <= longest);
        if (!isWhole || !isShort) {
            tooLong += isShort ? 0 : 1;
        } else if (grouping.context() > 0 && kept.length < 2) {
            alone++;
        } else {
            for (int place = 0; place < kept.length; place++) {
                put(split.get(kept[place]), place);
                if (!names.isEmpty()) {
                    labelled.add(labels.number(names.get(kept[place])));
                }
            }
        }
    }

    private void put(List<String> sentence, int place) {
        boolean isCut = sentence.size() > longest;
        (isCut ? sentence.subList(0, longest) : sentence).forEach(unit -> written.add(units.number(unit)));
        sizes.add(isCut ? -longest : sentence.size());
        if (grouping.context() > 0) {
            places.add(place);
        }
    }

    /** Whether there is nothing to learn from. */
    boolean isEmpty() {
        return sizes.size() == 0;
    }

    /** How many sentences there were without words. */
    long empty() {
        return empty;
    }

    /** How many there were, or how many groups, with too many words so far. */
    long tooLong() {
        return tooLong;
    }

    /** How many groups there were of a single sentence, which has no context. */
    long alone() {
        return alone;
    }

    /** How they stand together. */
    Grouping grouping() {
        return grouping;
    }

    /** The labels that there are. */
    List<String> labels() {
        return labels.words();
    }

    /** How often each unit occurs in what is kept. */
    Map<String, Long> units() {
        return units.counts();
    }

    /** The examples in the tokens of a vocabulary. What was read is forgotten, bit by bit. */
    Encoded encoded(Vocabulary vocabulary) {
        int[][] ids = units.words().stream()
                .map(unit -> vocabulary.tokeniser().tokens(unit).stream()
                        .mapToInt(token -> (int) vocabulary.id(token))
                        .toArray())
                .toArray(int[][]::new);
        Encoded encoded = new Encoded(grouping, longest, labels.words());
        for (int sentence = 0; sentence < sizes.size(); sentence++) {
            int size = sizes.get(sentence);
            for (int i = 0; i < Math.abs(size); i++) {
                encoded.write(ids[written.take()]);
            }
            int label = labelled.size() == 0 ? -1 : labelled.get(sentence);
            encoded.end(grouping.context() == 0 ? 0 : places.get(sentence), size < 0, label);
        }
        return encoded;
    }
}
