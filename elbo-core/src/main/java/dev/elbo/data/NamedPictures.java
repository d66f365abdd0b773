package dev.elbo.data;

import dev.elbo.data.ImageListing.Purpose;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.ZipException;

/**
 * Pictures in .zip files, with classes and words, on their way to becoming a data source: {@code image}, a category for each kind of
 * class, and {@code words} where something is said of them. Those to learn from are shuffled, always in the same way.
 */
final class NamedPictures {
    private static final String IMAGE = "image";
    private static final String WORDS = "words";

    /** The number of pictures from which on decoded ones are kept. */
    private static final int MANY = 5000;

    private final String name;
    private final String attribution;
    private final int channels;
    private final Reading options;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, List<String>> classes = new LinkedHashMap<>();

    /**
     * A picture.
     *
     * @param zip the file that it is in
     * @param file its path there
     * @param called its name among the examples
     * @param purpose what it is for
     * @param said in words; blank for nothing
     * @param classes by field, the name of a class
     */
    record Entry(String zip, String file, String called, Purpose purpose, String said, Map<String, String> classes) {}

    /**
     * Without a picture yet.
     *
     * @param channels 1 for grey, 3 for red, green and blue
     */
    NamedPictures(String name, String attribution, int channels, Reading options) {
        this.channels = channels;
        this.name = name;
        this.attribution = attribution;
        this.options = options;
    }

    void add(Entry entry) {
        entries.add(entry);
    }

    /** Declares a field of classes. */
    NamedPictures classes(String field, List<String> names) {
        classes.put(field, names);
        return this;
    }

    /**
     * The source.
     *
     * @param folder where the .zip files are
     * @throws InvalidFileException if one is none, or a picture in it is missing, broken or of another size
     */
    DataSource source(Path folder) throws IOException {
        Collections.shuffle(entries, new Random(0));
        entries.sort((a, b) -> a.purpose().compareTo(b.purpose())); // stable
        Map<String, Field> fields = new LinkedHashMap<>();
        Map<String, RowSource> arrays = new LinkedHashMap<>();
        HostArray images = images(folder);
        Shape shape = images.shape();
        fields.put(IMAGE, new Field.Image((int) shape.size(1), (int) shape.size(2), (int) shape.size(3)));
        arrays.put(IMAGE, images);
        classes.forEach((field, names) -> {
            fields.put(field, new Field.Category(names));
            arrays.put(
                    field,
                    HostArray.of(
                            entries.stream()
                                    .mapToLong(entry ->
                                            names.indexOf(entry.classes().get(field)))
                                    .toArray(),
                            entries.size()));
        });
        Map<String, RowSource> lengths = new LinkedHashMap<>();
        if (entries.stream().anyMatch(entry -> !entry.said().isBlank())) {
            addWords(fields, arrays, lengths);
        }
        Split all = new Split(
                arrays, lengths, Map.of(), entries.stream().map(Entry::called).toList());
        long train = count(Purpose.TRAIN);
        long validation = count(Purpose.VALIDATION);
        return new DataSource(
                new DataSpec(name, fields, attribution),
                all.slice(0, train),
                part(all, train, validation),
                part(all, train + validation, count(Purpose.TEST)),
                List.of());
    }

    private long count(Purpose purpose) {
        return entries.stream().filter(entry -> entry.purpose() == purpose).count();
    }

    private static Optional<Split> part(Split all, long from, long count) {
        return count == 0 ? Optional.empty() : Optional.of(all.slice(from, from + count));
    }

    /** The words that belong to each picture, as tokens. */
    private void addWords(Map<String, Field> fields, Map<String, RowSource> arrays, Map<String, RowSource> lengths) {
        Vocabulary vocabulary = Vocabulary.of(
                entries.stream().flatMap(entry -> options.tokens().split(entry.said()).stream()),
                options.maxWords(),
                1);
        List<long[]> rows =
                entries.stream().map(entry -> vocabulary.encode(entry.said())).toList();
        int longest = rows.stream().mapToInt(row -> row.length).max().orElseThrow();
        long[] tokens = new long[rows.size() * longest];
        IntStream.range(0, rows.size())
                .forEach(i -> System.arraycopy(rows.get(i), 0, tokens, i * longest, rows.get(i).length));
        fields.put(WORDS, new Field.Tokens(vocabulary, longest));
        arrays.put(WORDS, HostArray.of(tokens, rows.size(), longest));
        lengths.put(
                WORDS, HostArray.of(rows.stream().mapToLong(row -> row.length).toArray(), rows.size()));
    }

    /** UINT8 [N, C, H, W]; many are decoded once, and kept beside the files that they are from. */
    private HostArray images(Path folder) throws IOException {
        StringBuilder what = new StringBuilder(options.imageSize() + " " + options.ground());
        entries.forEach(
                entry -> what.append(' ').append(entry.zip()).append('/').append(entry.file()));
        return entries.size() < MANY ? decoded(folder) : DecodedOnce.in(folder, what.toString(), () -> decoded(folder));
    }

    private HostArray decoded(Path folder) throws IOException {
        Map<String, FileSystem> open = new LinkedHashMap<>();
        try {
            ByteBuffer levels = ByteBuffer.allocate(0);
            Picture first = null;
            for (Entry entry : entries) {
                Picture picture = read(folder, entry, open);
                if (first == null) {
                    first = picture;
                    levels = ByteBuffer.allocate(Math.multiplyExact(
                            entries.size(), (int) picture.levels().shape().elements()));
                }
                if (!picture.levels().shape().equals(first.levels().shape())) {
                    throw new InvalidFileException(
                            folder.resolve(entry.zip()) + "!" + entry.file(),
                            "is " + picture.levels().shape() + ", and the first picture is "
                                    + first.levels().shape(),
                            "Choose a size, as by --image-size 64",
                            null);
                }
                levels.put(picture.levels().bytes());
            }
            Shape each = Objects.requireNonNull(first).levels().shape();
            return new HostArray(DType.UINT8, each.prepend(entries.size()), levels.flip());
        } finally {
            for (FileSystem files : open.values()) {
                files.close();
            }
        }
    }

    private Picture read(Path folder, Entry entry, Map<String, FileSystem> open) throws IOException {
        Path zip = folder.resolve(entry.zip());
        FileSystem files = open.get(entry.zip());
        if (files == null) {
            try {
                files = FileSystems.newFileSystem(zip);
            } catch (ZipException | ProviderNotFoundException damage) {
                throw new InvalidFileException(
                        zip.toString(), "is no whole .zip", InvalidFileException.REPLACE, damage);
            }
            open.put(entry.zip(), files);
        }
        PictureFile read = PictureFile.read(files.getPath(entry.file()), options.ground());
        Picture picture = (options.imageSize().isChosen() ? read.resized(options.imageSize()) : read).picture();
        return channels == 1 ? picture.grey() : picture.inColour();
    }
}
