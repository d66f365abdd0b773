package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A folder with the binary files of CIFAR-10, Krizhevsky (2009): {@code data_batch_1.bin} to {@code _5.bin} and {@code test_batch.bin},
 * images of a byte for the class and 3 · 32 · 32 for red, green and blue.
 */
final class CifarFolder implements Format {
    private static final String NAME = "cifar10";
    private static final String CREDIT =
            "CIFAR-10 by Alex Krizhevsky, Vinod Nair and Geoffrey Hinton, no licence stated";
    private static final String ARCHIVE = "cifar-10-binary.tar.gz";
    private static final String FOLDER = "cifar-10-batches-bin";
    private static final String FIRST = "data_batch_1.bin";
    private static final String TEST = "test_batch.bin";
    private static final Shape IMAGE = Shape.of(3, 32, 32);
    private static final List<String> CLASSES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    /** The data set. */
    static DataSet cifar10() {
        return new DataSet(
                NAME,
                "photographs of ten things, 32 × 32 in colour, 50,000 + 10,000",
                CREDIT,
                "no licence stated",
                DataSet.licence(NAME),
                170_052_171,
                List.of(new DataFile(
                        ARCHIVE, 170_052_171, "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")),
                List.of(new WebFiles("https://www.cs.toronto.edu/~kriz/")),
                (folder, options) -> source(unpacked(folder), NAME, CREDIT));
    }

    private static Path unpacked(Path folder) throws IOException {
        Path home = folder.resolve(FOLDER);
        if (!Files.exists(home.resolve(TEST))) {
            Files.createDirectories(home);
            TarGz.unpack(folder.resolve(ARCHIVE), FOLDER + "/", home);
        }
        return home;
    }

    @Override
    public boolean reads(Path path) {
        return Files.isRegularFile(path.resolve(FIRST));
    }

    @Override
    public String kind(Reading options) {
        return "CIFAR-10";
    }

    @Override
    public DataSource read(Path path, Reading options, DataCache cache) throws IOException {
        options.requireNoImageSize(path);
        options.requireNoTurns(path.toString());
        return source(path, Format.name(path), CREDIT);
    }

    private static DataSource source(Path folder, String name, String credit) throws IOException {
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put("image", new Field.Image(3, 32, 32));
        fields.put("label", new Field.Category(CLASSES));
        List<Path> train = IntStream.rangeClosed(1, 5)
                .mapToObj(i -> folder.resolve("data_batch_" + i + ".bin"))
                .filter(Files::isRegularFile)
                .toList();
        Path test = folder.resolve(TEST);
        return new DataSource(
                new DataSpec(name, fields, credit),
                split(train),
                Files.isRegularFile(test) ? Optional.of(split(List.of(test))) : Optional.empty());
    }

    private static Split split(List<Path> files) throws IOException {
        List<HostArray> images = new ArrayList<>();
        List<HostArray> labels = new ArrayList<>();
        for (Path file : files) {
            ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
            int record = 1 + (int) IMAGE.elements();
            int count = all.capacity() / record;
            if (count == 0 || all.capacity() % record != 0) {
                throw new InvalidFileException(
                        file,
                        "has " + all.capacity() + " bytes, and images of CIFAR-10 have " + record + " each",
                        InvalidFileException.REPLACE);
            }
            ByteBuffer levels = ByteBuffer.allocate(count * (record - 1));
            long[] classes = new long[count];
            for (int i = 0; i < count; i++) {
                classes[i] = requireClass(all.get(i * record), i, file);
                levels.put(all.slice(i * record + 1, record - 1));
            }
            images.add(new HostArray(DType.UINT8, IMAGE.prepend(count), levels.flip()));
            labels.add(HostArray.of(classes, count));
        }
        Map<String, RowSource> arrays = new LinkedHashMap<>();
        arrays.put("image", HostArray.concat(images));
        arrays.put("label", HostArray.concat(labels));
        return new Split(arrays);
    }

    private static long requireClass(byte label, int image, Path file) throws InvalidFileException {
        if (label < 0 || label >= CLASSES.size()) {
            throw new InvalidFileException(
                    file,
                    "has class " + label + " at image " + image + ", and there are 0 to 9",
                    InvalidFileException.REPLACE);
        }
        return label;
    }
}
