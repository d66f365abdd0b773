package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Sentences with labels: a table, .csv or .tsv in UTF-8, whose first line names a column text, sentence or review, and perhaps another
 * label, class, target or y; or pairs of sentences, in columns source and target, perhaps with labels; or a folder with train.tsv, perhaps valid.tsv and perhaps test.tsv (or .csv). In a .tsv file a tab
 * ends a cell and a line feed a row, whatever quotes it holds.
 */
final class LabelledText implements Format {
    private static final List<String> TEXT = List.of("text", "sentence", "review");
    private static final String SOURCE = "source";
    private static final String TARGET = "target";
    private static final List<String> LABEL = List.of("label", "class", TARGET, "y");
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
        Optional<Integer> text =
                first.isEmpty() ? Optional.empty() : Columns.of(first.get(0)).map(Columns::text);
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
    public String kind(Reading options) {
        return "text in a table";
    }

    @Override
    public DataSource read(Path path, Reading options, DataCache cache) throws IOException {
        options.requireNoImageSize(path);
        options.requireNoTurns(path.toString());
        boolean isFolder = Files.isDirectory(path);
        Path train = isFolder ? in(path, "train").orElseThrow() : path;
        boolean arePairs = Columns.of(train).source().isPresent();
        return Text.read(
                path,
                () -> new Text(
                                path,
                                sentences(train, arePairs, options),
                                isFolder ? split(path, "valid", arePairs, options) : Optional.empty(),
                                isFolder ? split(path, "test", arePairs, options) : Optional.empty())
                        .source(Format.name(path), "", options));
    }

    private static Optional<Sentences> split(Path folder, String name, boolean arePairs, Reading options)
            throws IOException {
        Optional<Path> file = in(folder, name);
        return file.isPresent() ? Optional.of(sentences(file.get(), arePairs, options)) : Optional.empty();
    }

    private static Sentences sentences(Path file, boolean arePairs, Reading options) throws IOException {
        Columns columns = Columns.of(file);
        if (columns.source().isPresent() != arePairs) {
            throw lacks(file, arePairs ? SOURCE : "text");
        }
        Sentences sentences = new Sentences(options, arePairs ? Grouping.PAIRS : Grouping.ALONE);
        long[] rows = {0};
        forEachRow(file, (line, cells) -> {
            if (rows[0]++ > 0) {
                columns.requireWhole(file, line, cells);
                columns.addTo(sentences, cells);
            }
        });
        return sentences;
    }

    /**
     * What the first line of a table names.
     *
     * @param count how many columns there are
     * @param text the column of sentences
     * @param source the column of what the sentences stand for, in a table of pairs
     * @param label the column of labels
     */
    private record Columns(int count, int text, Optional<Integer> source, Optional<Integer> label) {
        static Columns of(Path file) throws IOException {
            List<String> names = firstRows(file).stream().findFirst().orElse(List.of());
            return of(names).orElseThrow(() -> lacks(file, "text"));
        }

        /** The columns of some names; nothing if none of them is of text. */
        static Optional<Columns> of(List<String> names) {
            Optional<Integer> source = column(names, List.of(SOURCE));
            Optional<Integer> target = column(names, List.of(TARGET));
            boolean arePairs = source.isPresent() && target.isPresent();
            List<String> labels = LABEL.stream()
                    .filter(name -> !arePairs || !name.equals(TARGET))
                    .toList();
            return (arePairs ? target : column(names, TEXT))
                    .map(text -> new Columns(
                            names.size(), text, arePairs ? source : Optional.empty(), column(names, labels)));
        }

        void requireWhole(Path file, long line, List<String> cells) throws InvalidFileException {
            if (cells.size() != count) {
                throw new InvalidFileException(
                        file + ", line " + line,
                        "has " + cells.size() + " cells, and the first line names " + count + " columns",
                        "Give each row as many cells as there are columns",
                        null);
            }
            if (label.isPresent() && cells.get(label.get()).isBlank()) {
                throw new InvalidFileException(
                        file + ", line " + line,
                        "has no label",
                        "Give the sentence a label, or leave the row out",
                        null);
            }
        }

        void addTo(Sentences sentences, List<String> cells) {
            List<String> group = source.map(from -> List.of(cells.get(from), cells.get(text)))
                    .orElseGet(() -> List.of(cells.get(text)));
            sentences.add(
                    group,
                    label.map(of -> Collections.nCopies(group.size(), cells.get(of)))
                            .orElse(List.of()));
        }
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
        new TextLines(file).forEachNumbered((number, line) -> {
            if (!line.isBlank()) {
                reader.read(
                        number,
                        Arrays.stream(line.split("\t", -1)).map(String::strip).toList());
            }
        });
    }
}
