package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A table of recordings: .csv or .tsv, whose first line names the columns.
 *
 * @param names what the columns are called, in small letters
 */
record SoundTable(List<String> names) {
    private static final List<String> FILE = List.of("file", "file_name", "path");
    private static final List<String> TEXT = List.of("text", "sentence", "transcript");
    private static final List<String> VOICE = List.of("voice", "speaker");

    /**
     * A row.
     *
     * @param file of the recording, from the table's folder on
     * @param split what the recording is for
     */
    record Row(String file, String text, Optional<String> voice, Optional<String> split) {}

    /** The table of recordings in a folder, if there is one. */
    static Optional<Path> in(Path folder) throws IOException {
        List<Path> tables;
        try (Stream<Path> files = Files.list(folder)) {
            tables = files.filter(Files::isRegularFile)
                    .filter(SoundTable::isNamed)
                    .sorted()
                    .toList();
        }
        for (Path table : tables) {
            if (isOfSounds(table)) {
                return Optional.of(table);
            }
        }
        return Optional.empty();
    }

    private static boolean isNamed(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).matches(".*\\.[ct]sv");
    }

    /** Whether a file is a table that names sound files and what was said in them. */
    static boolean isOfSounds(Path file) throws IOException {
        if (!isNamed(file)) {
            return false;
        }
        try {
            new CsvLines(file).forEach((line, cells) -> {
                throw new FirstException(cells);
            });
        } catch (FirstException first) {
            SoundTable table = of(first.cells);
            return table.column(FILE).isPresent() && table.column(TEXT).isPresent();
        } catch (InvalidFileException damaged) {
            return false; // another format may say what is wrong
        }
        return false;
    }

    /** The first line is all that was wanted. */
    private static final class FirstException extends IOException {
        private final transient List<String> cells;

        FirstException(List<String> cells) {
            this.cells = cells;
        }
    }

    private static SoundTable of(List<String> cells) {
        return new SoundTable(
                cells.stream().map(cell -> cell.toLowerCase(Locale.ROOT)).toList());
    }

    /**
     * The rows of a table of recordings.
     *
     * @throws InvalidFileException if the file is damaged, or a row has fewer cells than there are columns
     */
    static List<Row> rows(Path file) throws IOException {
        List<Row> rows = new ArrayList<>();
        List<SoundTable> head = new ArrayList<>();
        new CsvLines(file).forEach((line, cells) -> {
            if (head.isEmpty()) {
                head.add(of(cells));
            } else if (cells.size() < head.get(0).names.size()) {
                throw new InvalidFileException(
                        file + ", line " + line,
                        "has " + cells.size() + " cells, and the first line names "
                                + head.get(0).names.size() + " columns",
                        "Give each row as many cells as there are columns",
                        null);
            } else {
                rows.add(head.get(0).row(cells));
            }
        });
        return rows;
    }

    private Row row(List<String> cells) {
        return new Row(
                cell(cells, FILE).orElseThrow(),
                cell(cells, TEXT).orElse(""),
                cell(cells, VOICE),
                cell(cells, List.of("split")));
    }

    private Optional<String> cell(List<String> cells, List<String> called) {
        return column(called).map(cells::get).filter(cell -> !cell.isBlank() || called.equals(FILE));
    }

    private Optional<Integer> column(List<String> called) {
        return called.stream().map(names::indexOf).filter(at -> at >= 0).findFirst();
    }
}
