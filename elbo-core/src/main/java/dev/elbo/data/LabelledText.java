package dev.elbo.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Sentences with labels: a table, .csv or .tsv in UTF-8, whose first line names a column text, sentence or review, and another
 * label, class, target or y; or a folder with train.tsv, perhaps valid.tsv and perhaps test.tsv (or .csv). In a .tsv file a tab
 * ends a cell and a line feed a row, whatever quotes it holds.
 */
final class LabelledText implements Format {
    private static final List<String> TEXT = List.of("text", "sentence", "review");
    private static final List<String> LABEL = List.of("label", "class", "target", "y");
    private static final Pattern NUMBER = Pattern.compile("[-+]?[\\d.,]+([eE][-+]?\\d+)?");

    /** Rows that tell sentences from numbers. */
    private static final int LOOKED_AT = 100;

    @Override
    public boolean reads(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            Optional<Path> train = in(path, "train");
            return train.isPresent() && isOfText(train.get());
        }
        return Format.name(path).toLowerCase(Locale.ROOT).matches(".*\\.[ct]sv") && isOfText(path);
    }

    private static Optional<Path> in(Path folder, String split) {
        return Stream.of(".tsv", ".csv")
                .map(ending -> folder.resolve(split + ending))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** A column of that name that holds numbers belongs to a table of numbers. */
    private static boolean isOfText(Path file) throws IOException {
        List<List<String>> first = firstRows(file);
        Optional<Integer> text = first.isEmpty() ? Optional.empty() : column(first.get(0), TEXT);
        return text.isPresent()
                && (first.size() == 1
                        || first.stream()
                                .skip(1)
                                .anyMatch(cells -> text.get() >= cells.size() || !isNumber(cells.get(text.get()))));
    }

    private static boolean isNumber(String cell) {
        return cell.isEmpty() || NUMBER.matcher(cell).matches();
    }

    @Override
    public String kind() {
        return "labelled text";
    }

    @Override
    public DataSource read(Path path, Reading options, DataCache cache) throws IOException {
        options.requireNoImageSize(path);
        if (!Files.isDirectory(path)) {
            return new Text(path, sentences(path, options), Optional.empty(), Optional.empty())
                    .source(Format.name(path), "", options);
        }
        Sentences train = sentences(in(path, "train").orElseThrow(), options);
        return new Text(path, train, split(path, "valid", options), split(path, "test", options))
                .source(Format.name(path), "", options);
    }

    private static Optional<Sentences> split(Path folder, String name, Reading options) throws IOException {
        Optional<Path> file = in(folder, name);
        return file.isPresent() ? Optional.of(sentences(file.get(), options)) : Optional.empty();
    }

    private static Sentences sentences(Path file, Reading options) throws IOException {
        List<String> names = header(file);
        int text = column(names, TEXT).orElseThrow(() -> lacks(file, "text"));
        Optional<Integer> label = column(names, LABEL);
        Sentences sentences = new Sentences(options.longest(), options.tokens());
        long[] rows = {0};
        forEachRow(file, (line, cells) -> {
            if (rows[0]++ == 0) {
                return;
            }
            if (cells.size() != names.size()) {
                throw new InvalidFileException(
                        file + ", line " + line,
                        "has " + cells.size() + " cells, and the first line names " + names.size() + " columns",
                        "Give each row as many cells as there are columns",
                        null);
            }
            if (label.isEmpty()) {
                sentences.add(cells.get(text));
            } else if (cells.get(label.get()).isBlank()) {
                throw new InvalidFileException(
                        file + ", line " + line,
                        "has no label",
                        "Give the sentence a label, or leave the row out",
                        null);
            } else {
                sentences.add(cells.get(text), cells.get(label.get()));
            }
        });
        return sentences;
    }

    private static InvalidFileException lacks(Path file, String column) {
        return new InvalidFileException(file, "has no column '" + column + "'", "Name it in the first line");
    }

    private static Optional<Integer> column(List<String> names, List<String> known) {
        for (int i = 0; i < names.size(); i++) {
            if (known.contains(names.get(i).toLowerCase(Locale.ROOT))) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static List<String> header(Path file) throws IOException {
        return firstRows(file).stream().findFirst().orElse(List.of());
    }

    /** The cells of the first rows; none of an empty file, or of one that is no text. */
    private static List<List<String>> firstRows(Path file) throws IOException {
        List<List<String>> first = new ArrayList<>();
        try {
            forEachRow(file, (line, cells) -> {
                first.add(cells);
                if (first.size() > LOOKED_AT) {
                    throw new EnoughException();
                }
            });
        } catch (EnoughException | InvalidFileException enoughOrDamaged) {
            return first; // another format may say what is wrong
        }
        return first;
    }

    /** The first rows are all that was wanted. */
    private static final class EnoughException extends IOException {}

    private static void forEachRow(Path file, CsvLines.Reader reader) throws IOException {
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".tsv")) {
            new CsvLines(file).forEach(reader);
            return;
        }
        long[] number = {0};
        try {
            new TextLines(file).forEach(line -> {
                number[0]++;
                if (!line.isBlank()) {
                    read(reader, number[0], line);
                }
            });
        } catch (UncheckedIOException failure) { // ends the reading
            throw Objects.requireNonNull(failure.getCause());
        }
    }

    private static void read(CsvLines.Reader reader, long number, String line) {
        try {
            reader.read(
                    number,
                    Arrays.stream(line.split("\t", -1)).map(String::strip).toList());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
