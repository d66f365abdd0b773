package dev.elbo.data;

import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A file with images, or with rows of numbers, and perhaps their labels: IDX, .npy or .npz. */
final class ArrayFile {
    private static final List<String> TRAIN = List.of("x_train", "x", "images", "data", "arr_0");
    private static final List<String> TRAIN_LABELS = List.of("y_train", "y", "labels", "arr_1");
    private static final List<String> TEST = List.of("x_test");
    private static final List<String> TEST_LABELS = List.of("y_test");

    private ArrayFile() {}

    /**
     * The arrays of a file.
     *
     * @throws InvalidFileException if it is of none of these formats, or is damaged, or holds no images
     */
    static LabelledArrays read(Path file) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".npz")) {
            return archive(file);
        }
        if (name.endsWith(".npy")) {
            return single(file, Npy.read(file));
        }
        if (name.matches(".*[.-](idx\\d?|ubyte)(\\.gz)?")) {
            return single(file, Idx.read(file));
        }
        throw new InvalidFileException(
                file,
                "is of no known format",
                "Give a folder of images, or a file whose name ends in .npy, .npz, .idx or -ubyte (or .idx.gz, -ubyte.gz)");
    }

    private static LabelledArrays single(Path file, HostArray array) {
        NamedArray observations = new NamedArray(file.toString(), array);
        return new LabelledArrays(
                file.toString(), new LabelledArrays.Part(observations, Optional.empty()), Optional.empty());
    }

    private static LabelledArrays archive(Path file) throws IOException {
        Map<String, HostArray> arrays = Npy.readAll(file);
        NamedArray train = find(file, arrays, TRAIN)
                .orElseThrow(() -> new InvalidFileException(
                        file, "has no images: it holds " + arrays.keySet(), "Call them one of " + TRAIN));
        Optional<NamedArray> trainLabels = find(file, arrays, TRAIN_LABELS);
        Optional<NamedArray> testLabels = find(file, arrays, TEST_LABELS);
        return new LabelledArrays(
                file.toString(),
                new LabelledArrays.Part(train, trainLabels),
                find(file, arrays, TEST).map(test -> new LabelledArrays.Part(test, testLabels)));
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
