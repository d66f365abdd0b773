package dev.elbo.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sentences of a text on their way to becoming a data source.
 *
 * @param origin the file or folder, for messages
 * @param train the sentences to learn from, which the vocabulary is made of
 * @param validation the sentences to choose by, if there are any
 * @param test the sentences to judge by, if there are any
 */
record Text(Path origin, Sentences train, Optional<Sentences> validation, Optional<Sentences> test) {
    static final String FIELD = "text";
    static final String LABEL = "label";

    /** The longest array of the JVM, in tokens. */
    private static final long MOST_TOKENS = Integer.MAX_VALUE / Long.BYTES;

    /**
     * The source.
     *
     * @param name what the data are called
     * @param attribution whom to credit
     * @throws InvalidFileException if a split has no sentence, or too many, or no word is frequent enough
     */
    DataSource source(String name, String attribution, Reading options) throws InvalidFileException {
        for (Sentences split : splits().toList()) {
            requireSentences(split, options);
        }
        Field.Tokens tokens = new Field.Tokens(vocabulary(options), longest());
        Optional<Field.Category> classes = classes();
        Map<String, Field> fields = new LinkedHashMap<>(Map.of(FIELD, tokens));
        classes.ifPresent(known -> fields.put(LABEL, known));
        return new DataSource(
                new DataSpec(name, fields, attribution),
                train.split(tokens, classes),
                validation.map(split -> split.split(tokens, classes)),
                test.map(split -> split.split(tokens, classes)),
                notes(tokens.vocabulary(), options));
    }

    /** The labels of the sentences to learn from, in the order of the alphabet. */
    private Optional<Field.Category> classes() throws InvalidFileException {
        List<String> names = train.labels().stream().distinct().sorted().toList();
        for (Sentences split : splits().toList()) {
            for (String label : split.labels()) {
                if (!names.contains(label)) {
                    throw new InvalidFileException(
                            origin,
                            "has the label '" + label
                                    + "' beside sentences to judge by, and no sentence to learn it from",
                            "Give each label to sentences of the training split, or correct it");
                }
            }
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(new Field.Category(names));
    }

    private Stream<Sentences> splits() {
        return Stream.of(Optional.of(train), validation, test).flatMap(Optional::stream);
    }

    /** With the end of the sentence. */
    private int longest() {
        return splits().mapToInt(Sentences::mostWords).max().orElse(0) + 1;
    }

    private void requireSentences(Sentences split, Reading options) throws InvalidFileException {
        if (split.size() == 0) {
            String found = split.tooLong() == 0
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            " of at most %d words; lines that are longer: %,d",
                            options.longest(),
                            split.tooLong());
            throw new InvalidFileException(
                    origin, "has no sentence" + found, "Give a text file with a sentence on each line");
        }
        if (split.size() > MOST_TOKENS / longest()) {
            throw new InvalidFileException(
                    origin,
                    String.format(
                            Locale.ROOT,
                            "has %,d sentences, and %,d of up to %d words fit into memory",
                            split.size(),
                            MOST_TOKENS / longest(),
                            longest()),
                    "Give fewer sentences, or leave out the longest");
        }
    }

    private Vocabulary vocabulary(Reading options) throws InvalidFileException {
        try {
            return Vocabulary.of(train.words(), options.maxWords(), options.minCount(), options.tokens());
        } catch (IllegalArgumentException none) {
            throw new InvalidFileException(
                    origin.toString(),
                    "has no word that occurs " + options.minCount() + " times",
                    options.minCount() > 1 ? "Give a longer text, or set minCount=1" : "Give a longer text",
                    none);
        }
    }

    private List<String> notes(Vocabulary vocabulary, Reading options) {
        List<String> notes = new ArrayList<>();
        long empty = splits().mapToLong(Sentences::empty).sum();
        long tooLong = splits().mapToLong(Sentences::tooLong).sum();
        long kept = splits().mapToLong(Sentences::size).sum();
        if (empty > 0) {
            notes.add(String.format(Locale.ROOT, "lines without words, left out: %,d", empty));
        }
        if (tooLong > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "sentences of more than %d words, left out: %,d of %,d",
                    options.longest(),
                    tooLong,
                    tooLong + kept));
        }
        notes.add(String.format(
                Locale.ROOT,
                "%s in the vocabulary; others, read as <unk>: %.1f %% of the text",
                vocabulary,
                100 * unknown(vocabulary)));
        return notes;
    }

    /** Which part of the words to learn from is not in the vocabulary. */
    private double unknown(Vocabulary vocabulary) {
        long known =
                vocabulary.words().stream().mapToLong(Vocabulary.Word::count).sum();
        return 1 - (double) known / train.words().count();
    }
}
