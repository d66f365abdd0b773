package dev.elbo.bench.text;

import dev.elbo.data.InvalidFileException;
import dev.elbo.data.TextLines;
import dev.elbo.data.Vocabulary;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** A vector for each of some words, all of one width. */
public final class WordVectors {
    private static final int HEADER = 2;

    private final Map<String, double[]> byWord;

    private WordVectors(Map<String, double[]> byWord) {
        this.byWord = byWord;
    }

    /**
     * The vectors that a model has of its vocabulary, without those of the special tokens.
     *
     * @param vectors FLOAT32 [vocabulary, width]
     */
    public static WordVectors of(Vocabulary vocabulary, HostArray vectors) {
        double[] values = vectors.toDoubles();
        int width = (int) vectors.shape().size(1);
        Map<String, double[]> byWord = new HashMap<>();
        for (Vocabulary.Word word : vocabulary.words()) {
            int from = (int) vocabulary.id(word.text()) * width;
            byWord.put(word.text(), Arrays.copyOfRange(values, from, from + width));
        }
        return new WordVectors(byWord);
    }

    /**
     * The vectors of a file in word2vec's text format: a word and its numbers on each line, parted by spaces. A first line that tells
     * how many words and numbers follow may be there, or not, as GloVe has it.
     *
     * @param isWanted the words whose vectors are kept
     * @throws InvalidFileException naming the line, if one has another width than the first, or something that is no number
     */
    public static WordVectors read(Path file, Predicate<String> isWanted) throws IOException {
        Map<String, double[]> byWord = new HashMap<>();
        int[] at = {0, 0}; // line, width
        try {
            new TextLines(file).forEach(line -> {
                String[] cells = line.strip().split(" +");
                if ((at[0]++ == 0 && cells.length == HEADER) || line.isBlank()) {
                    return;
                }
                at[1] = at[1] == 0 ? cells.length : at[1];
                if (cells.length != at[1]) {
                    throw invalid(
                            file, at[0], "has " + (cells.length - 1) + " numbers where the first has " + (at[1] - 1));
                }
                if (isWanted.test(cells[0])) {
                    byWord.put(cells[0], numbers(cells, file, at[0]));
                }
            });
        } catch (UncheckedIOException failure) { // ends the reading
            throw Objects.requireNonNull(failure.getCause());
        }
        return new WordVectors(byWord);
    }

    private static double[] numbers(String[] cells, Path file, int line) {
        double[] numbers = new double[cells.length - 1];
        for (int i = 0; i < numbers.length; i++) {
            try {
                numbers[i] = Double.parseDouble(cells[i + 1]);
            } catch (NumberFormatException none) {
                throw invalid(file, line, "has '" + cells[i + 1] + "' where a number is expected");
            }
        }
        return numbers;
    }

    private static UncheckedIOException invalid(Path file, int line, String problem) {
        return new UncheckedIOException(new InvalidFileException(
                file + ", line " + line,
                problem,
                "Give word vectors in word2vec's text format: a word and its numbers on each line",
                null));
    }

    /** How many words have one. */
    public int size() {
        return byWord.size();
    }

    /** The vectors of those words of a sentence that have one. */
    List<double[]> of(List<String> sentence) {
        return sentence.stream().map(byWord::get).filter(Objects::nonNull).toList();
    }
}
