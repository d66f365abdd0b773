package dev.elbo.data;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A file of text in columns, and what each column holds. It is read twice: once to see what the columns are, and once for their
 * cells.
 *
 * @param columns in their order
 * @param rows how many there are, without the names
 * @param hasNames whether the first line names the columns
 */
record CsvTable(Path file, List<Column> columns, int rows, boolean hasNames) {
    private static final Pattern WHOLE = Pattern.compile("\\d+");
    private static final String MISSING = "Fill it in, or remove the row or the column";

    /** A column that says the class of a row is called so, in any case. */
    private static final List<String> LABELS = List.of("label", "class", "target", "y");

    /**
     * A column.
     *
     * @param isNamed whether the file names it; if not, it is called by its place, as in c3
     * @param at which, from 0
     * @param holds kinds of its cells that there are
     * @param firstText where its first cell is that is text, for messages; empty if there is none
     */
    record Column(String name, boolean isNamed, int at, Set<Cell> holds, String firstText) {
        /** Whether it is of numbers, or of true and false; some may be missing. */
        boolean isOfNumbers() {
            return !holds.contains(Cell.TEXT) && holds.contains(Cell.NUMBER) != holds.contains(Cell.BOOLEAN);
        }

        /** Whether nothing is in it. */
        boolean isEmpty() {
            return EnumSet.of(Cell.MISSING).containsAll(holds);
        }
    }

    /**
     * Looks at a file's columns.
     *
     * @throws InvalidFileException if it has no rows, or one of another length than the first, or two columns of one name
     */
    static CsvTable of(Path file) throws IOException {
        Survey survey = new Survey(file);
        new CsvLines(file).forEach(survey);
        return survey.table();
    }

    /** The columns as a first reading sees them. */
    private static final class Survey implements CsvLines.Reader {
        private final Path file;
        private final List<String> first = new ArrayList<>();
        private final List<Set<Cell>> holds = new ArrayList<>();
        private final List<String> firstTexts = new ArrayList<>();
        private boolean hasNames;
        private int rows;

        Survey(Path file) {
            this.file = file;
        }

        @Override
        public void read(long line, List<String> cells) throws IOException {
            if (first.isEmpty()) {
                first.addAll(cells);
                hasNames = areNames(cells);
                cells.forEach(cell -> holds.add(EnumSet.noneOf(Cell.class)));
                cells.forEach(cell -> firstTexts.add(""));
                if (hasNames) {
                    return;
                }
            }
            if (cells.size() != first.size()) {
                throw invalid(
                        ", line " + line,
                        "has " + cells.size() + " cells, and the first line has " + first.size(),
                        "Give every line as many cells as there are columns, and put cells that hold commas in quotes");
            }
            rows++;
            for (int i = 0; i < cells.size(); i++) {
                Cell cell = Cell.of(cells.get(i));
                if (holds.get(i).add(cell) && cell == Cell.TEXT) {
                    firstTexts.set(i, "line " + line + ": '" + cells.get(i) + "'");
                }
            }
        }

        /**
         * Names are text, years perhaps, and no fractions; or they count the columns, as pandas names those that have no name.
         */
        private static boolean areNames(List<String> cells) {
            List<String> named = cells.stream().filter(cell -> !cell.isEmpty()).toList();
            List<String> counted =
                    IntStream.range(0, named.size()).mapToObj(Integer::toString).toList();
            boolean isData = cells.stream()
                    .anyMatch(cell ->
                            Cell.of(cell) == Cell.NUMBER && !WHOLE.matcher(cell).matches());
            return (cells.stream().anyMatch(cell -> Cell.of(cell) == Cell.TEXT) && !isData)
                    || (named.size() > 1 && named.equals(counted));
        }

        CsvTable table() throws InvalidFileException {
            if (rows == 0) {
                throw invalid("", "has no rows", "Give a line of names, and below it a line for each example");
            }
            List<Column> columns = IntStream.range(0, first.size())
                    .mapToObj(i -> new Column(name(i), isNamed(i), i, holds.get(i), firstTexts.get(i)))
                    .toList();
            requireDifferent(columns);
            return new CsvTable(file, columns, rows, hasNames);
        }

        private String name(int column) {
            return isNamed(column) ? first.get(column) : "c" + column;
        }

        private boolean isNamed(int column) {
            return hasNames && !first.get(column).isEmpty();
        }

        private void requireDifferent(List<Column> columns) throws InvalidFileException {
            Map<String, Column> known = new HashMap<>();
            for (Column column : columns) {
                Column other = known.put(column.name(), column);
                if (other != null) {
                    throw invalid(
                            "",
                            "has two columns called '" + column.name() + "', numbers " + (other.at() + 1) + " and "
                                    + (column.at() + 1),
                            "Give each column a name of its own");
                }
            }
        }

        private InvalidFileException invalid(String where, String problem, String remedy) {
            return new InvalidFileException(file + where, problem, remedy, null);
        }
    }

    /** Reads the rows, without the line of names. */
    void forEachRow(CsvLines.Reader reader) throws IOException {
        boolean[] begun = new boolean[1];
        new CsvLines(file).forEach((line, cells) -> {
            if (begun[0] || !hasNames) {
                reader.read(line, cells);
            }
            begun[0] = true;
        });
    }

    /** A doubt whether the first line names the columns, in a sentence without a full stop. */
    Optional<String> doubt() {
        return hasNames
                        && columns.stream().anyMatch(column -> Cell.of(column.name()) == Cell.NUMBER)
                        && columns.stream().anyMatch(column -> Cell.of(column.name()) == Cell.TEXT)
                ? Optional.of("the first line was taken for the names of columns: "
                        + columns.stream().map(Column::name).collect(joining(", ")))
                : Optional.empty();
    }

    /** The column that is called as one of classes is, the likeliest name first. */
    Optional<Column> label() {
        return LABELS.stream()
                .flatMap(name -> columns.stream()
                        .filter(column -> column.name().toLowerCase(Locale.ROOT).equals(name)))
                .findFirst();
    }

    /**
     * The number in a column of numbers.
     *
     * @throws InvalidFileException naming line and column, if it is missing or infinite
     */
    float number(Column column, long line, List<String> cells) throws InvalidFileException {
        String cell = text(column, line, cells);
        if (Cell.of(cell) == Cell.MISSING) {
            throw invalid(column, line, "has no value: it says '" + cell + "'", MISSING);
        }
        float number = Cell.number(cell);
        if (!Float.isFinite(number)) {
            throw invalid(
                    column, line, "has '" + cell + "', and a finite number is expected", "Correct or remove the row");
        }
        return number;
    }

    /**
     * The content of a cell that is not blank.
     *
     * @throws InvalidFileException naming line and column, if it is
     */
    String text(Column column, long line, List<String> cells) throws InvalidFileException {
        String cell = cells.get(column.at());
        if (cell.isEmpty()) {
            throw invalid(column, line, "has no value", MISSING);
        }
        return cell;
    }

    private InvalidFileException invalid(Column column, long line, String problem, String remedy) {
        return new InvalidFileException(
                file + ", line " + line + ", column '" + column.name() + "'", problem, remedy, null);
    }

    /** Columns that are not used, told with what makes them what they are. */
    static List<String> passedOver(List<Column> unused) {
        List<String> notes = new ArrayList<>();
        addNote(
                notes,
                "columns without a value, passed over: ",
                unused.stream().filter(Column::isEmpty).map(Column::name).toList());
        addNote(
                notes,
                "columns of text, passed over: ",
                unused.stream()
                        .filter(column -> !column.isEmpty() && !column.isOfNumbers())
                        .map(column -> column.firstText().isEmpty()
                                ? column.name()
                                : column.name() + " (" + column.firstText() + ")")
                        .toList());
        return notes;
    }

    private static void addNote(List<String> notes, String what, List<String> names) {
        if (!names.isEmpty()) {
            notes.add(what + names.stream().collect(joining(", ")));
        }
    }
}
