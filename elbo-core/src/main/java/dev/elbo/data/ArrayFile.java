package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A file with images, or with rows of numbers, and perhaps their labels: IDX, .npy or .npz. */
final class ArrayFile implements Format {
    private static final List<String> OBSERVATIONS = List.of("x", "images", "data");
    private static final List<String> LABELS = List.of("y", "labels");
    private static final Names TRAIN =
            Names.of("train", "training").or(new Names(with(OBSERVATIONS, "arr_0"), with(LABELS, "arr_1")));
    private static final Names VALIDATION = Names.of("val", "valid", "validation");
    private static final Names TEST = Names.of("test");

    /** The names of a split's arrays in small letters, the likeliest first. */
    private record Names(List<String> observations, List<String> labels) {
        /** As in x_train, and as in train_images. */
        static Names of(String... splits) {
            return new Names(of(OBSERVATIONS, splits), of(LABELS, splits));
        }

        private static List<String> of(List<String> what, String... splits) {
            return what.stream()
                    .flatMap(name ->
                            Arrays.stream(splits).flatMap(split -> Stream.of(name + "_" + split, split + "_" + name)))
                    .toList();
        }

        Names or(Names others) {
            return new Names(
                    with(observations, others.observations.toArray(String[]::new)),
                    with(labels, others.labels.toArray(String[]::new)));
        }
    }

    private static List<String> with(List<String> names, String... others) {
        return Stream.concat(names.stream(), Arrays.stream(others)).toList();
    }

    /** Beyond this length a file is not read when it is opened. */
    private static final long HELD_BYTES = 256L << 20;

    /** Any file: this is the last kind of file, and says best which there are. */
    @Override
    public boolean reads(Path path) {
        return !Files.isDirectory(path);
    }

    @Override
    public String kind(Reading options) {
        return "array";
    }

    @Override
    public DataSource read(Path path, Reading options, DataCache cache) throws IOException {
        options.requireNoImageSize(path);
        return read(path).source(Format.name(path), options.pixelRange());
    }

    /**
     * The arrays of a file.
     *
     * @throws InvalidFileException if it is of none of these formats, or is damaged, or holds no images
     */
    static LabelledArrays read(Path file) throws IOException {
        return name(file).endsWith(".npz")
                ? archive(file)
                : new LabelledArrays(file.toString(), part(file, Optional.empty()), Optional.empty());
    }

    /** The observations of a file with a single array, and their labels in another. */
    static LabelledArrays.Part part(Path observations, Optional<Path> labels) throws IOException {
        return new LabelledArrays.Part(
                List.of(rows(observations, HELD_BYTES)),
                labels.isPresent() ? List.of(labels(labels.get())) : List.of());
    }

    /**
     * Images or rows of numbers.
     *
     * @param held the length up to which they are kept in memory; longer ones stay where they are
     */
    static NamedRows rows(Path file, long held) throws IOException {
        if (Files.size(file) > held) {
            Optional<FileRows> rows = isNpy(file) ? Npy.rows(file) : isIdx(file) ? Idx.rows(file) : Optional.empty();
            if (rows.isPresent()) {
                return new NamedRows(file.toString(), rows.get());
            }
        }
        return rows(file.toString(), array(file));
    }

    private static NamedRows rows(String origin, StoredArray array) throws InvalidFileException {
        NamedRows rows = new NamedRows(origin, array.numbers(origin));
        if (array.shape().rank() < 2) {
            Layout.of(rows); // which says what shapes there are
        }
        return rows;
    }

    /** Classes, or numbers. */
    static LabelArray labels(Path file) throws IOException {
        return new LabelArray(file.toString(), array(file));
    }

    private static StoredArray array(Path file) throws IOException {
        if (isNpy(file)) {
            return Npy.stored(file);
        }
        if (isIdx(file)) {
            return new StoredArray.Numbers(Idx.read(file));
        }
        throw new InvalidFileException(
                file,
                "is of no known format",
                "Give a folder of images, or a file whose name ends in .npy, .npz, .csv, .tsv, .txt, .idx or -ubyte (or"
                        + " .idx.gz, -ubyte.gz)");
    }

    private static boolean isNpy(Path file) {
        return name(file).endsWith(".npy");
    }

    private static boolean isIdx(Path file) {
        return name(file).matches(".*[.-](idx\\d?|ubyte)(\\.gz)?");
    }

    private static String name(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT);
    }

    private static LabelledArrays archive(Path file) throws IOException {
        Map<String, StoredArray> arrays = new LinkedHashMap<>(Npy.storedAll(file));
        LabelledArrays.Part train = part(file, arrays, TRAIN)
                .orElseThrow(() -> new InvalidFileException(
                        file,
                        "has no images: it holds " + arrays.keySet(),
                        "Call them x_train, images, data or arr_0; labels y_train or labels"));
        Optional<LabelledArrays.Part> validation = part(file, arrays, VALIDATION);
        Optional<LabelledArrays.Part> test = part(file, arrays, TEST);
        List<String> notes =
                arrays.isEmpty() ? List.of() : List.of("arrays passed over: " + String.join(", ", arrays.keySet()));
        return new LabelledArrays(file.toString(), train, validation, test, notes);
    }

    /** A split, if there are observations; its arrays are taken out. */
    private static Optional<LabelledArrays.Part> part(Path file, Map<String, StoredArray> arrays, Names names)
            throws IOException {
        Optional<String> observations = find(arrays, names.observations());
        if (observations.isEmpty()) {
            return Optional.empty();
        }
        NamedRows rows = rows(origin(file, observations.get()), taken(arrays, observations.get()));
        Optional<String> labels = find(arrays, names.labels());
        return Optional.of(new LabelledArrays.Part(
                List.of(rows),
                labels.isPresent()
                        ? List.of(new LabelArray(origin(file, labels.get()), taken(arrays, labels.get())))
                        : List.of()));
    }

    private static String origin(Path file, String name) {
        return file + " (" + name + ")";
    }

    private static StoredArray taken(Map<String, StoredArray> arrays, String name) {
        return Objects.requireNonNull(arrays.remove(name));
    }

    /** The first name that there is. */
    private static Optional<String> find(Map<String, StoredArray> arrays, List<String> names) {
        return names.stream()
                .flatMap(name -> arrays.keySet().stream().filter(name::equalsIgnoreCase))
                .findFirst();
    }
}
