package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
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

    /** What was said before the text, or what the text stands for. */
    static final String CONTEXT = "context";

    /**
     * The source.
     *
     * @param name what the data are called
     * @param attribution whom to credit
     * @throws InvalidFileException if a split has no sentence, or no word is frequent enough
     */
    DataSource source(String name, String attribution, Reading options) throws InvalidFileException {
        for (Sentences split : splits().toList()) {
            if (split.isEmpty()) {
                throw noSentence(split.tooLong(), options);
            }
        }
        Map<String, Long> units = train.units();
        Vocabulary vocabulary = vocabulary(units, options);
        List<Encoded> encoded = new ArrayList<>();
        for (Sentences split : splits().toList()) {
            encoded.add(split.encoded(vocabulary));
            if (encoded.get(encoded.size() - 1).size() == 0) {
                throw noSentence(
                        split.tooLong() + encoded.get(encoded.size() - 1).tooLong(), options);
            }
        }
        Map<String, Field> fields = fields(vocabulary, encoded, options);
        List<Split> splits = encoded.stream().map(split -> split.split(fields)).toList();
        return new DataSource(
                new DataSpec(name, fields, attribution),
                splits.get(0),
                validation.map(split -> splits.get(1)),
                test.map(split -> splits.get(splits.size() - 1)),
                notes(vocabulary, units, encoded, options));
    }

    /** Reads a text. */
    @FunctionalInterface
    interface Opening {
        /** The source. */
        DataSource read() throws IOException;
    }

    /**
     * Reads a text, for which there may be too little memory.
     *
     * @throws InvalidFileException if there is
     */
    static DataSource read(Path origin, Opening opening) throws IOException {
        try {
            return opening.read();
        } catch (OutOfMemoryError | ArithmeticException full) { // what was read is free again
            throw new InvalidFileException(
                    origin.toString(),
                    String.format(
                            Locale.ROOT,
                            "has more words than fit into the %,d MB that Java has here, where each takes 4 bytes",
                            Runtime.getRuntime().maxMemory() >> 20),
                    "Let Java have more, as by export ELBO_JAVA_OPTS=-Xmx8g, or give a part of the file",
                    full);
        }
    }

    private Map<String, Field> fields(Vocabulary vocabulary, List<Encoded> encoded, Reading options)
            throws InvalidFileException {
        Map<String, Field> fields = new LinkedHashMap<>();
        int context = train.grouping().context();
        if (context > 0) {
            fields.put(CONTEXT, new Field.Tokens(vocabulary, Math.multiplyExact(context, options.longest() + 1)));
        }
        int most = encoded.stream().mapToInt(Encoded::mostWords).max().orElse(0);
        fields.put(FIELD, new Field.Tokens(vocabulary, most + 1));
        classes().ifPresent(known -> fields.put(LABEL, known));
        return fields;
    }

    /** The labels of the sentences to learn from, in the order of the alphabet. */
    private Optional<Field.Category> classes() throws InvalidFileException {
        List<String> names = train.labels().stream().sorted().toList();
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

    private InvalidFileException noSentence(long tooLong, Reading options) {
        String found = tooLong == 0
                ? ""
                : String.format(
                        Locale.ROOT, " of at most %d words; lines that are longer: %,d", options.longest(), tooLong);
        return train.grouping().areCut()
                ? new InvalidFileException(
                        origin,
                        "has no answer" + found,
                        "Give dialogues of two turns or more, a turn on each line, and a blank line between dialogues")
                : new InvalidFileException(
                        origin, "has no sentence" + found, "Give a text file with a sentence on each line");
    }

    private Vocabulary vocabulary(Map<String, Long> units, Reading options) throws InvalidFileException {
        try {
            return options.tokens().vocabulary(units, options.maxWords(), options.minCount());
        } catch (IllegalArgumentException none) {
            throw new InvalidFileException(
                    origin.toString(),
                    "has no word that occurs " + options.minCount() + " times",
                    options.minCount() > 1 ? "Give a longer text, or set minCount=1" : "Give a longer text",
                    none);
        }
    }

    private List<String> notes(Vocabulary vocabulary, Map<String, Long> units, List<Encoded> encoded, Reading options) {
        List<String> notes = new ArrayList<>();
        boolean areDialogues = train.grouping().areCut();
        long empty = sum(Sentences::empty);
        long alone = sum(Sentences::alone);
        long tooLong = sum(Sentences::tooLong)
                + encoded.stream().mapToLong(Encoded::tooLong).sum();
        long kept = encoded.stream().mapToLong(Encoded::size).sum();
        if (empty > 0) {
            notes.add(String.format(Locale.ROOT, "lines without words, left out: %,d", empty));
        }
        if (alone > 0) {
            notes.add(String.format(Locale.ROOT, "dialogues of one turn, which have no answer, left out: %,d", alone));
        }
        if (tooLong > 0 && areDialogues) {
            notes.add(String.format(
                    Locale.ROOT,
                    "turns of more than %1$d words: %2$,d; they are no answers, and their first %1$d words are context",
                    options.longest(),
                    tooLong));
        } else if (tooLong > 0) {
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
                100 * unknown(vocabulary, units)));
        return notes;
    }

    private long sum(ToLongFunction<Sentences> count) {
        return splits().mapToLong(count).sum();
    }

    /** Which part of the words to learn from is not in the vocabulary. */
    private static double unknown(Vocabulary vocabulary, Map<String, Long> units) {
        long[] counts = new long[2]; // all, and known
        units.forEach((unit, count) -> vocabulary.tokeniser().tokens(unit).forEach(token -> {
            counts[0] += count;
            counts[1] += vocabulary.id(token) == Vocabulary.UNKNOWN ? 0 : count;
        }));
        return 1 - (double) counts[1] / counts[0];
    }
}
