package dev.elbo.data;

import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A table of text, .csv or .tsv in UTF-8, whose first line names its columns. Those of numbers become rows; one that is called
 * label, class, target or y says the class of each row, or a number where it is no class; others of text are passed over.
 */
final class CsvFile implements Format {
    private static final String ROW = "row";
    private static final Set<String> COUNTING = Set.of("", "id", "index", "unnamed: 0");

    @Override
    public boolean reads(Path path) {
        return Files.isRegularFile(path)
                && Format.name(path).toLowerCase(Locale.ROOT).matches(".*\\.[ct]sv");
    }

    @Override
    public String kind(Reading options) {
        return "table";
    }

    @Override
    public DataSource read(Path path, Reading options, DataCache cache) throws IOException {
        options.requireNoImageSize(path);
        return new Contents(CsvTable.of(path)).source();
    }

    /** The cells of a table as they are read. */
    private static final class Contents {
        private final CsvTable table;
        private final Optional<CsvTable.Column> label;
        private final List<CsvTable.Column> numbers = new ArrayList<>();
        private final List<CsvTable.Column> unused = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        Contents(CsvTable table) {
            this.table = table;
            this.label = table.label();
            for (CsvTable.Column column : table.columns()) {
                if (!label.equals(Optional.of(column))) {
                    (column.isOfNumbers() ? numbers : unused).add(column);
                }
            }
        }

        DataSource source() throws IOException {
            leaveOutCounting();
            if (numbers.isEmpty()) {
                throw new InvalidFileException(
                        table.file().toString(),
                        "has no column of numbers to learn from; " + String.join("; ", CsvTable.passedOver(unused)),
                        "Give a table with columns of numbers, written with a point as in 0.5",
                        null);
            }
            requireRoom();
            notes.addAll(CsvTable.passedOver(unused));
            table.doubt().ifPresent(notes::add);
            if (!table.hasNames()) {
                notes.add("the first line names no columns: they are called c0, c1 and so on");
            }
            Map<String, Field> fields = new LinkedHashMap<>();
            Map<String, RowSource> arrays = new LinkedHashMap<>();
            fields.put(ROW, new Field.Table(names(numbers), Optional.empty()));
            List<String> classes = new ArrayList<>();
            arrays.put(ROW, rows(classes));
            if (label.isPresent()) {
                Labelling said = said(label.get(), classes);
                notes.addAll(said.notes());
                Field field = said.field() instanceof Field.Table
                        ? new Field.Table(names(List.of(label.get())), Optional.empty())
                        : said.field();
                fields.put(said.name(), field);
                said.splits().values().forEach(array -> arrays.put(said.name(), array));
            }
            DataSpec spec = new DataSpec(Format.name(table.file()), fields, "");
            return new DataSource(spec, new Split(arrays), Optional.empty(), Optional.empty(), notes);
        }

        private static List<String> names(List<CsvTable.Column> columns) {
            return columns.stream().map(CsvTable.Column::name).toList();
        }

        /** A first column that says no more than which row it is in. */
        private void leaveOutCounting() throws IOException {
            if (numbers.size() < 2 || numbers.get(0).at() > 0 || !table.hasNames()) {
                return;
            }
            CsvTable.Column first = numbers.get(0);
            if (!COUNTING.contains(first.isNamed() ? first.name().toLowerCase(Locale.ROOT) : "")) {
                return;
            }
            double[] difference = {Double.NaN};
            boolean[] counts = {true};
            int[] row = {0};
            table.forEachRow((line, cells) -> {
                double now = table.number(first, line, cells) - row[0]++;
                counts[0] &= Double.isNaN(difference[0]) || now == difference[0];
                difference[0] = now;
            });
            if (counts[0]) {
                numbers.remove(first);
                notes.add("the first column counts the rows, passed over");
            }
        }

        private void requireRoom() throws InvalidFileException {
            if ((long) table.rows() * numbers.size() > ArrayHeader.MAX_BYTES / Float.BYTES) {
                throw new InvalidFileException(
                        table.file(),
                        String.format(
                                Locale.ROOT,
                                "is too large: %,d rows of %,d numbers, and a table of text can have 2 GiB of them",
                                table.rows(),
                                numbers.size()),
                        "Save its numbers with np.save, in a file NAME.npy");
            }
        }

        /**
         * The numbers, FLOAT32 [N, D].
         *
         * @param classes to which what the column of labels says is added
         */
        private HostArray rows(List<String> classes) throws IOException {
            float[] values = new float[table.rows() * numbers.size()];
            int[] at = {0};
            table.forEachRow((line, cells) -> {
                for (CsvTable.Column column : numbers) {
                    values[at[0]++] = table.number(column, line, cells);
                }
                if (label.isPresent()) {
                    classes.add(
                            isNumber(label.get())
                                    ? String.valueOf(table.number(label.get(), line, cells))
                                    : table.text(label.get(), line, cells));
                }
            });
            return HostArray.of(values, table.rows(), numbers.size());
        }

        /** True and false are names of classes. */
        private static boolean isNumber(CsvTable.Column column) {
            return column.isOfNumbers() && column.holds().contains(Cell.NUMBER);
        }

        private Labelling said(CsvTable.Column column, List<String> cells) throws InvalidFileException {
            Shape shape = Shape.of(cells.size());
            StoredArray array = isNumber(column)
                    ? new StoredArray.Numbers(HostArray.of(
                            cells.stream().mapToDouble(Double::parseDouble).toArray(), cells.size()))
                    : new StoredArray.Texts(shape, cells);
            String origin = table.file() + ", column '" + column.name() + "'";
            return Labelling.of(Map.of("train", List.of(new LabelArray(origin, array))));
        }
    }
}
