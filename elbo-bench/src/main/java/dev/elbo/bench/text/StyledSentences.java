package dev.elbo.bench.text;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.InvalidFileException;
import dev.elbo.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Sentences that are labelled by their style.
 *
 * @param sentences the words of each
 * @param styles the style of each, by its number
 * @param names the names of the styles
 */
public record StyledSentences(List<List<String>> sentences, List<Integer> styles, List<String> names) {
    private static final String TEXT = "text";
    private static final String LABEL = "label";

    /**
     * Copies and validates.
     *
     * @throws IllegalArgumentException if not each sentence has a style, or one has a style without a name
     */
    public StyledSentences {
        sentences = List.copyOf(sentences);
        styles = List.copyOf(styles);
        names = List.copyOf(names);
        int known = names.size();
        if (sentences.size() != styles.size() || styles.stream().anyMatch(style -> style < 0 || style >= known)) {
            throw new IllegalArgumentException(
                    sentences.size() + " sentences have " + styles.size() + " styles, of " + names);
        }
    }

    /**
     * The sentences of a split.
     *
     * @throws IllegalArgumentException if the data are not text with labels
     */
    public static StyledSentences of(Split split, DataSpec spec) {
        if (spec.fields().get(TEXT) instanceof Field.Tokens tokens
                && spec.fields().get(LABEL) instanceof Field.Category category) {
            long[] labels = split.field(LABEL).toHost().toLongs();
            return new StyledSentences(
                    new SentenceWords(tokens.vocabulary())
                            .read(split.field(TEXT).toHost()),
                    IntStream.range(0, labels.length)
                            .mapToObj(i -> (int) labels[i])
                            .toList(),
                    category.names());
        }
        throw new IllegalArgumentException("data '" + spec.name() + "' have the fields "
                + spec.fields().keySet()
                + "; styles are judged by text with a label: a .tsv or .csv file with the columns"
                + " text and label");
    }

    /**
     * The sentences of a folder with a file for each style, as {@link StyleFiles} describes it: one style after the other.
     *
     * @throws InvalidFileException if it has not one such series of files
     */
    public static StyledSentences of(Path folder, List<String> names, SentenceWords words) throws IOException {
        SortedMap<String, List<List<String>>> series = StyleFiles.read(folder, names);
        if (series.size() != 1) {
            throw new InvalidFileException(
                    folder,
                    "has the files of " + String.join(", ", series.keySet()) + ", and one series is expected",
                    "Leave one file for each style");
        }
        List<List<String>> sentences = new ArrayList<>();
        List<Integer> styles = new ArrayList<>();
        List<List<String>> lines = series.values().iterator().next();
        for (int style = 0; style < names.size(); style++) {
            sentences.addAll(words.split(lines.get(style)));
            styles.addAll(Collections.nCopies(lines.get(style).size(), style));
        }
        return new StyledSentences(sentences, styles, names);
    }

    /** How many sentences there are. */
    public int size() {
        return sentences.size();
    }

    /** The sentences that are not among others. */
    public StyledSentences without(Collection<List<String>> others) {
        Set<List<String>> left = new HashSet<>(others);
        return where(i -> !left.contains(sentences.get(i)));
    }

    /** The sentences whose number, from 0, is chosen. */
    public StyledSentences where(IntPredicate isChosen) {
        List<Integer> rows = IntStream.range(0, size()).filter(isChosen).boxed().toList();
        return new StyledSentences(
                rows.stream().map(sentences::get).toList(),
                rows.stream().map(styles::get).toList(),
                names);
    }
}
