package dev.elbo.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Sentences of one to eight words, each word followed by the next of the alphabet: a text that a small model learns something of. */
public final class TinyText {
    private static final List<String> WORDS = List.of("a", "b", "c", "d", "e", "f");

    private TinyText() {}

    /** {@code count} sentences to learn from, and half as many to judge by, in the field "text". */
    public static DataSource of(int count) {
        try {
            return new Text(
                            Path.of("tiny.txt"),
                            sentences(1, count),
                            Optional.empty(),
                            Optional.of(sentences(2, (count + 1) / 2)))
                    .source("tiny", "", Reading.standard());
        } catch (InvalidFileException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Sentences sentences(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        Sentences sentences = new Sentences(Reading.standard().texts(8, 10_000, 2));
        for (int i = 0; i < count; i++) {
            StringBuilder sentence = new StringBuilder();
            int first = random.nextInt(WORDS.size());
            int words = random.nextInt(1, 9);
            for (int at = first; at < first + words; at++) {
                sentence.append(WORDS.get(at % WORDS.size())).append(' ');
            }
            sentences.add(sentence.toString());
        }
        return sentences;
    }
}
