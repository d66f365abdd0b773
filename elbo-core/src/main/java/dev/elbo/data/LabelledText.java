package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sentences with labels: a table, .csv or .tsv in UTF-8, whose first line names a column text, sentence or review, and another
 * label, class, target or y; or a folder with train.tsv, perhaps valid.tsv and perhaps test.tsv (or .csv). In a .tsv file a tab
 * ends a cell and a line feed a row, whatever quotes it holds.
 */
final class LabelledText implements Format {
    private static final List<String> TEXT = List.of("text", "sentence", "review");
    private static final List<String> LABEL = List.of("label", "class", "target", "y");

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

    private static boolean isOfText(Path file) throws IOException {
        return column(header(file), TEXT).isPresent();
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

    /** The cells of the first row; none of an empty file, or of one that is no text. */
    private static List<String> header(Path file) throws IOException {
        List<String> first = new ArrayList<>();
        try {
            forEachRow(file, (line, cells) -> {
                first.addAll(cells);
                throw new EnoughException();
            });
        } catch (EnoughException | InvalidFileException enoughOrDamaged) {
            return first; // another format may say what is wrong
        }
        return first;
    }

    /** The first row is all that was wanted. */
    private static final class EnoughException extends IOException {}

    private static void forEachRow(Path file, CsvLines.Reader reader) throws IOException {
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".tsv")) {
            new CsvLines(file).forEach(reader);
            return;
        }
        List<IOException> failures = new ArrayList<>();
        long[] number = {0};
        new TextLines(file).forEach(line -> {
            number[0]++;
            if (failures.isEmpty() && !line.isBlank()) {
                try {
                    reader.read(
                            number[0],
                            Arrays.stream(line.split("\t", -1))
                                    .map(String::strip)
                                    .toList());
                } catch (IOException failure) {
                    failures.add(failure);
                }
            }
        });
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }
}
