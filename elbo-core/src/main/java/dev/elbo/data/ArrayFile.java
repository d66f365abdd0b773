package dev.elbo.data;

import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A file with images, or with rows of numbers, and perhaps their labels: IDX, .npy or .npz. */
final class ArrayFile implements Format {
    private static final List<String> TRAIN = List.of("x_train", "x", "images", "data", "arr_0");
    private static final List<String> TRAIN_LABELS = List.of("y_train", "y", "labels", "arr_1");
    private static final List<String> TEST = List.of("x_test");
    private static final List<String> TEST_LABELS = List.of("y_test");

    /** Beyond this length a file is not read when it is opened. */
    private static final long HELD_BYTES = 256L << 20;

    /** Any file: this is the last kind of file, and says best which there are. */
    @Override
    public boolean reads(Path path) {
        return !Files.isDirectory(path);
    }

    @Override
    public String kind() {
        return "array";
    }

    @Override
    public DataSource read(Path path, Reading options, DataCache cache) throws IOException {
        options.requireNoImageSize(path);
        return read(path).source(Format.name(path));
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
                observations(observations), labels.isPresent() ? Optional.of(labels(labels.get())) : Optional.empty());
    }

    /** Images or rows of numbers: in memory if the file is small, else where they are. */
    static RowSource observations(Path file) throws IOException {
        return observations(file, HELD_BYTES);
    }

    /**
     * Images or rows of numbers.
     *
     * @param held the length up to which all is checked now, and kept in memory
     */
    static RowSource observations(Path file, long held) throws IOException {
        if (Files.size(file) > held) {
            Optional<FileRows> rows = isNpy(file) ? Npy.rows(file) : isIdx(file) ? Idx.rows(file) : Optional.empty();
            if (rows.isPresent()) {
                return rows.get();
            }
        }
        return new NamedArray(file.toString(), array(file)).asObservations();
    }

    /** The numbers of classes. */
    static HostArray labels(Path file) throws IOException {
        return new NamedArray(file.toString(), array(file)).asLabels();
    }

    private static HostArray array(Path file) throws IOException {
        if (isNpy(file)) {
            return Npy.read(file);
        }
        if (isIdx(file)) {
            return Idx.read(file);
        }
        throw new InvalidFileException(
                file,
                "is of no known format",
                "Give a folder of images, or a file whose name ends in .npy, .npz, .txt, .idx or -ubyte (or .idx.gz, -ubyte.gz)");
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
        Map<String, HostArray> arrays = Npy.readAll(file);
        NamedArray train = find(file, arrays, TRAIN)
                .orElseThrow(() -> new InvalidFileException(
                        file, "has no images: it holds " + arrays.keySet(), "Call them one of " + TRAIN));
        Optional<NamedArray> trainLabels = find(file, arrays, TRAIN_LABELS);
        Optional<NamedArray> test = find(file, arrays, TEST);
        Optional<NamedArray> testLabels = find(file, arrays, TEST_LABELS);
        return new LabelledArrays(
                file.toString(),
                LabelledArrays.Part.of(train, trainLabels),
                test.isPresent() ? Optional.of(LabelledArrays.Part.of(test.get(), testLabels)) : Optional.empty());
    }

    /** The first array that has one of the names. */
    private static Optional<NamedArray> find(Path file, Map<String, HostArray> arrays, List<String> names) {
        return names.stream()
                .flatMap(
                        name -> Optional.ofNullable(arrays.get(name))
                                .map(array -> new NamedArray(file + " (" + name + ")", array))
                                .stream())
                .findFirst();
    }
}
