package dev.elbo.data;

import dev.elbo.data.ImageListing.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Attributes of pictures from a file beside them: numbers, a class, and the split of each. The file is CelebA's
 * {@code list_attr_celeba.txt} or {@code lfw_attributes.txt} as they are published (Liu et al. 2015; Kumar et al. 2009), or a table whose first column is the name of a picture's
 * file.
 *
 * @param file where it was read
 * @param names what its columns of numbers are called; none if there are none
 * @param pictures what is said, by the name of a picture as the file has it, with slashes
 * @param notes what was passed over, in sentences without a full stop
 */
record AttributeTable(Path file, List<String> names, Map<String, Said> pictures, List<String> notes) {
    private static final String CELEBA = "list_attr_celeba.txt";
    private static final String LFW = "lfw_attributes.txt";
    private static final String PARTITION = "list_eval_partition";
    private static final List<String> FILES =
            List.of(CELEBA, LFW, "list_attr_celeba.csv", "attributes.csv", "labels.csv", "metadata.csv");
    private static final Set<String> PARTS = Set.of("split", "partition", "subset");

    /**
     * The entry of a picture.
     *
     * @param attributes a number for each of the names, as they were given
     * @param label its class; empty if the file has none
     * @param purpose what it is for; empty if nothing says so
     */
    @SuppressWarnings("ArrayRecordComponent") // there may be millions of numbers, and nobody compares what is said
    record Said(float[] attributes, Optional<String> label, Optional<Purpose> purpose) {
        private Said in(Optional<Purpose> other) {
            return new Said(attributes, label, other);
        }
    }

    AttributeTable {
        names = List.copyOf(names);
        notes = List.copyOf(notes);
    }

    /** The files that it was read from. */
    List<Path> files() {
        return Stream.of(file.getFileName().toString(), PARTITION + ".txt", PARTITION + ".csv")
                .map(file::resolveSibling)
                .filter(Files::isRegularFile)
                .toList();
    }

    /** The names of the classes, if each picture has one; else none. */
    List<String> labels() {
        boolean all = pictures.values().stream().allMatch(said -> said.label().isPresent());
        return all ? Labelling.sorted(pictures.values().stream().flatMap(said -> said.label().stream())) : List.of();
    }

    /**
     * The table in a folder of pictures; or the one beside this folder, if its first row names a picture in it.
     *
     * @throws InvalidFileException if there is one and it is damaged, or a number of it is missing
     */
    static Optional<AttributeTable> beside(Path folder) throws IOException {
        Optional<AttributeTable> within = in(folder);
        Path parent = folder.toAbsolutePath().normalize().getParent();
        if (within.isPresent() || parent == null) {
            return within;
        }
        return in(parent)
                .filter(table -> table.pictures.keySet().stream()
                        .limit(1)
                        .anyMatch(name -> Files.exists(folder.resolve(name)) || Files.exists(parent.resolve(name))));
    }

    private static Optional<AttributeTable> in(Path folder) throws IOException {
        List<Path> files =
                FILES.stream().map(folder::resolve).filter(Files::isRegularFile).toList();
        if (files.isEmpty()) {
            return Optional.empty();
        }
        Path first = files.get(0);
        AttributeTable table = read(first);
        return Optional.of(table.parted(folder).without(files.subList(1, files.size())));
    }

    private static AttributeTable read(Path file) throws IOException {
        if (file.endsWith(LFW)) {
            return new LfwList(file).table();
        }
        return file.endsWith(CELEBA) ? new CelebaList(file).table() : of(file);
    }

    private AttributeTable without(List<Path> files) {
        List<String> all = new ArrayList<>(notes);
        files.forEach(other -> all.add(other.getFileName() + " beside " + file.getFileName() + ", passed over"));
        return new AttributeTable(file, names, pictures, all);
    }

    /** With CelebA's splits, if the list of them is there. */
    private AttributeTable parted(Path folder) throws IOException {
        Path text = folder.resolve(PARTITION + ".txt");
        Path csv = folder.resolve(PARTITION + ".csv");
        if (Files.isRegularFile(text)) {
            return parted(new CelebaList(text).parts());
        }
        return Files.isRegularFile(csv) ? parted(parts(csv)) : this;
    }

    private AttributeTable parted(Map<String, Purpose> parts) {
        Map<String, Said> parted = new LinkedHashMap<>(pictures);
        parted.replaceAll((name, said) -> said.in(Optional.ofNullable(parts.get(name))));
        return new AttributeTable(file, names, parted, notes);
    }

    private static Map<String, Purpose> parts(Path csv) throws IOException {
        CsvTable table = CsvTable.of(csv);
        Map<String, Purpose> parts = new LinkedHashMap<>();
        table.forEachRow((line, cells) -> parts.put(key(cells.get(0)), CelebaList.part(csv, line, cells)));
        return parts;
    }

    /** A table of names of files, and of what is said of them. */
    private static AttributeTable of(Path file) throws IOException {
        CsvTable table = CsvTable.of(file);
        List<CsvTable.Column> rest = table.columns().subList(1, table.columns().size());
        Optional<CsvTable.Column> part = rest.stream()
                .filter(column -> PARTS.contains(column.name().toLowerCase(Locale.ROOT)))
                .findFirst();
        Optional<CsvTable.Column> label = table.label().filter(rest::contains).or(() -> onlyText(rest, part));
        List<CsvTable.Column> unused = new ArrayList<>(rest);
        part.ifPresent(unused::remove);
        label.ifPresent(unused::remove);
        List<CsvTable.Column> numbers =
                unused.stream().filter(CsvTable.Column::isOfNumbers).toList();
        unused.removeAll(numbers);

        Map<String, Said> pictures = new LinkedHashMap<>();
        Map<String, Integer> unclear = new TreeMap<>();
        table.forEachRow((line, cells) -> {
            float[] attributes = new float[numbers.size()];
            for (int i = 0; i < attributes.length; i++) {
                attributes[i] = table.number(numbers.get(i), line, cells);
            }
            Optional<String> value =
                    label.isPresent() ? Optional.of(table.text(label.get(), line, cells)) : Optional.empty();
            Optional<Purpose> purpose = part.flatMap(column -> numbered(cells.get(column.at())));
            if (purpose.isEmpty()) {
                part.ifPresent(column -> unclear.merge("'" + cells.get(column.at()) + "'", 1, Integer::sum));
            }
            Said said = new Said(attributes, value, purpose);
            put(pictures, cells.get(0), said, file, line);
        });
        List<String> names = numbers.stream().map(CsvTable.Column::name).toList();
        List<String> notes = new ArrayList<>(CsvTable.passedOver(unused));
        if (!unclear.isEmpty()) {
            notes.add("pictures to learn from, because their split is none of train, val and test: "
                    + ImageListing.named(
                            List.copyOf(unclear.entrySet()), some -> some.getValue() + " of " + some.getKey()));
        }
        return new AttributeTable(file, names, pictures, notes);
    }

    /** The purpose as it is usually written, or as CelebA numbers it. */
    private static Optional<Purpose> numbered(String text) {
        return switch (text) {
            case "0" -> Optional.of(Purpose.TRAIN);
            case "1" -> Optional.of(Purpose.VALIDATION);
            case "2" -> Optional.of(Purpose.TEST);
            default -> Purpose.named(text);
        };
    }

    /** The one column of text: if there were several, which is the class would be a guess. */
    private static Optional<CsvTable.Column> onlyText(List<CsvTable.Column> columns, Optional<CsvTable.Column> part) {
        List<CsvTable.Column> texts = columns.stream()
                .filter(column -> column.holds().contains(Cell.TEXT) && !part.equals(Optional.of(column)))
                .toList();
        return texts.size() == 1 ? Optional.of(texts.get(0)) : Optional.empty();
    }

    private static void put(Map<String, Said> pictures, String name, Said said, Path file, long line)
            throws InvalidFileException {
        if (pictures.put(key(name), said) != null) {
            throw new InvalidFileException(
                    file + ", line " + line,
                    "names the picture '" + name + "' once more",
                    "Remove one of the lines",
                    null);
        }
    }

    private static String key(String name) {
        return name.replace('\\', '/').replaceFirst("^(\\./)+", "");
    }

    /**
     * The entry of a picture: by its path from the table or from a folder, by its plain name, or by its name without an ending.
     *
     * @param folder where the pictures are
     */
    Optional<Said> of(Path folder, Path picture) {
        String plain = picture.getFileName().toString();
        return List.of(path(folder, picture), path(home(), picture), plain, plain.replaceFirst("\\.[^.]*$", ""))
                .stream()
                .flatMap(name -> Optional.ofNullable(pictures.get(name)).stream())
                .findFirst();
    }

    /** Where the table is. */
    private Path home() {
        return file.toAbsolutePath().normalize().resolveSibling("");
    }

    private static String path(Path from, Path picture) {
        return key(from.toAbsolutePath()
                .normalize()
                .relativize(picture.toAbsolutePath().normalize())
                .toString());
    }

    /**
     * The attributes of Labeled Faces in the Wild as they are published (Kumar et al. 2009): a line that begins with # and names person, number
     * of the picture and attributes, and a line for each picture, with tabs between cells.
     */
    private record LfwList(Path file) {
        private static final int BEFORE = 2; // person and number of the picture

        AttributeTable table() throws IOException {
            List<String> lines = new ArrayList<>();
            new TextLines(file).forEach(lines::add);
            List<String> names = List.of();
            Map<String, Said> pictures = new LinkedHashMap<>();
            for (int i = 0; i < lines.size(); i++) {
                List<String> cells = List.of(lines.get(i).strip().split("\\s*\\t\\s*"));
                if (lines.get(i).startsWith("#")) {
                    names = named(cells).orElse(names);
                } else if (!lines.get(i).isBlank()) {
                    put(pictures, picture(i + 1L, cells), said(i + 1L, cells, names), file, i + 1L);
                }
            }
            return new AttributeTable(file, names, pictures, List.of());
        }

        /** As in "#, person, imagenum, Male, Asian"; nothing of another remark. */
        private static Optional<List<String>> named(List<String> cells) {
            int person = cells.indexOf("person");
            return person < 0 ? Optional.empty() : Optional.of(cells.subList(person + BEFORE, cells.size()));
        }

        /** As in Aaron_Eckhart_0001, with the ending left to the file. */
        private String picture(long line, List<String> cells) throws InvalidFileException {
            if (cells.size() < BEFORE || !cells.get(1).matches("\\d{1,6}")) {
                throw invalid(
                        line, "is no person, number of a picture and attributes: '" + String.join(" ", cells) + "'");
            }
            return String.format(
                    Locale.ROOT, "%s_%04d", cells.get(0).replace(' ', '_'), Integer.parseInt(cells.get(1)));
        }

        private Said said(long line, List<String> cells, List<String> names) throws InvalidFileException {
            if (names.isEmpty() || cells.size() != names.size() + BEFORE) {
                throw invalid(
                        line, "has " + (cells.size() - BEFORE) + " attributes, and " + names.size() + " are named");
            }
            float[] numbers = new float[names.size()];
            for (int i = 0; i < numbers.length; i++) {
                String cell = cells.get(i + BEFORE);
                if (Cell.of(cell) != Cell.NUMBER || !Float.isFinite(Cell.number(cell))) {
                    throw invalid(line, "has '" + cell + "' as " + names.get(i) + ", and a number is expected");
                }
                numbers[i] = Cell.number(cell);
            }
            return new Said(numbers, Optional.empty(), Optional.empty());
        }

        private InvalidFileException invalid(long line, String problem) {
            return new InvalidFileException(file + ", line " + line, problem, InvalidFileException.REPLACE, null);
        }
    }

    /** CelebA's own lists: cells with blanks between them. */
    private record CelebaList(Path file) {
        /** A line that says how many, one with the names of attributes, and a line for each picture: its file, and −1 or 1 for each. */
        AttributeTable table() throws IOException {
            List<String> names = new ArrayList<>();
            Map<String, Said> pictures = new LinkedHashMap<>();
            long[] promised = {-1};
            forEach((line, cells) -> {
                if (promised[0] < 0) {
                    promised[0] = count(line, cells);
                } else if (names.isEmpty()) {
                    names.addAll(cells);
                    requireDifferent(line, names);
                } else {
                    put(
                            pictures,
                            cells.get(0),
                            new Said(numbers(line, cells, names), Optional.empty(), Optional.empty()),
                            file,
                            line);
                }
            });
            if (pictures.size() != Math.max(0, promised[0])) {
                throw new InvalidFileException(
                        file,
                        "is truncated or damaged: its first line promises " + promised[0] + " pictures, and it names "
                                + pictures.size(),
                        InvalidFileException.REPLACE);
            }
            return new AttributeTable(file, names, pictures, List.of());
        }

        private long count(long line, List<String> cells) throws InvalidFileException {
            if (cells.size() == 1 && cells.get(0).matches("\\d{1,18}")) {
                return Long.parseLong(cells.get(0));
            }
            throw invalid(line, "is no number of pictures: '" + String.join(" ", cells) + "'");
        }

        private void requireDifferent(long line, List<String> names) throws InvalidFileException {
            if (new HashSet<>(names).size() < names.size()) {
                throw invalid(line, "names an attribute twice");
            }
        }

        private float[] numbers(long line, List<String> cells, List<String> names) throws InvalidFileException {
            if (cells.size() != names.size() + 1) {
                throw invalid(line, "has " + (cells.size() - 1) + " attributes, and " + names.size() + " are named");
            }
            float[] numbers = new float[names.size()];
            for (int i = 0; i < numbers.length; i++) {
                String cell = cells.get(i + 1);
                if (Cell.of(cell) != Cell.NUMBER || !Float.isFinite(Cell.number(cell))) {
                    throw invalid(line, "has '" + cell + "' as " + names.get(i) + ", and a number is expected");
                }
                numbers[i] = Cell.number(cell);
            }
            return numbers;
        }

        /** A line for each picture: its file, and 0, 1 or 2. */
        Map<String, Purpose> parts() throws IOException {
            Map<String, Purpose> parts = new LinkedHashMap<>();
            forEach((line, cells) -> parts.put(key(cells.get(0)), part(file, line, cells)));
            return parts;
        }

        static Purpose part(Path file, long line, List<String> cells) throws InvalidFileException {
            return (cells.size() == 2 ? numbered(cells.get(1)) : Optional.<Purpose>empty())
                    .orElseThrow(() -> new InvalidFileException(
                            file + ", line " + line,
                            "is no picture and its split, 0, 1 or 2: '" + String.join(" ", cells) + "'",
                            InvalidFileException.REPLACE,
                            null));
        }

        private void forEach(CsvLines.Reader reader) throws IOException {
            List<String> lines = new ArrayList<>();
            new TextLines(file).forEach(lines::add);
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).isBlank()) {
                    reader.read(i + 1, Arrays.asList(lines.get(i).strip().split("\\s+")));
                }
            }
        }

        private InvalidFileException invalid(long line, String problem) {
            return new InvalidFileException(file + ", line " + line, problem, InvalidFileException.REPLACE, null);
        }
    }
}
