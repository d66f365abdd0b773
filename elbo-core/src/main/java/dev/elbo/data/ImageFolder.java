package dev.elbo.data;

import dev.elbo.data.ImageListing.Example;
import dev.elbo.data.ImageListing.Purpose;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A folder of pictures. If they lie in sub-folders, each of these is a class; if the sub-folders are called as splits are, "train",
 * "val" and "test" or so, it is these that hold the pictures or the classes. Hidden files are passed over; files of other kinds
 * are too, and that is told.
 */
final class ImageFolder implements Format {
    /** Any folder: this is the last kind of all, and says best what else a folder may hold. */
    @Override
    public boolean reads(Path path) {
        return Files.isDirectory(path);
    }

    @Override
    public String kind(Reading options) {
        return "pictures";
    }

    /**
     * The pictures of a folder.
     *
     * @throws InvalidFileException if there are no pictures, or some are broken or of another size; if it is unclear
     *     what the classes are
     */
    @Override
    public DataSource read(Path path, Reading options, DataCache cache) throws IOException {
        return read(path, path, Format.name(path), options, cache);
    }

    /**
     * The pictures of a folder that may lie in a file.
     *
     * @param origin the file, or the folder itself, for messages
     * @param name what the data are called
     */
    static DataSource read(Path root, Path origin, String name, Reading options, DataCache cache) throws IOException {
        ImageListing listing = ImageListing.of(root);
        Pictures pictures = new PictureArray(origin, listing.all(), options, cache).open();
        List<String> notes = new ArrayList<>(listing.notes());
        notes.addAll(pictures.remarks().notes(options));
        Split all = new Split(arrays(pictures, listing)).named(names(pictures, listing.root()));
        long train = count(pictures, listing, Purpose.TRAIN);
        long validation = count(pictures, listing, Purpose.VALIDATION);
        long test = count(pictures, listing, Purpose.TEST);
        return new DataSource(
                new DataSpec(name, fields(pictures, listing), ""),
                all.slice(0, train),
                part(all, train, validation),
                part(all, train + validation, test),
                notes);
    }

    private static Map<String, Field> fields(Pictures pictures, ImageListing listing) {
        Shape shape = pictures.levels().shape();
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put("image", new Field.Image((int) shape.size(1), (int) shape.size(2), (int) shape.size(3)));
        if (!listing.classes().isEmpty()) {
            fields.put("label", new Field.Category(listing.classes()));
        }
        attributes(listing)
                .ifPresent(table -> fields.put("attributes", new Field.Table(table.names(), Optional.empty())));
        return fields;
    }

    private static Map<String, RowSource> arrays(Pictures pictures, ImageListing listing) {
        Map<String, RowSource> arrays = new LinkedHashMap<>();
        arrays.put("image", pictures.levels());
        if (!listing.classes().isEmpty()) {
            arrays.put("label", labels(pictures.examples()));
        }
        attributes(listing).ifPresent(table -> arrays.put("attributes", attributes(table, pictures, listing.root())));
        return arrays;
    }

    /** The table beside the pictures, if there are numbers in it. */
    private static Optional<AttributeTable> attributes(ImageListing listing) {
        return listing.table().filter(table -> !table.names().isEmpty());
    }

    private static HostArray attributes(AttributeTable table, Pictures pictures, Path root) {
        int columns = table.names().size();
        float[] all = new float[pictures.examples().size() * columns];
        for (int i = 0; i < pictures.examples().size(); i++) {
            float[] said = table.of(root, pictures.examples().get(i).file())
                    .orElseThrow()
                    .attributes();
            System.arraycopy(said, 0, all, i * columns, columns);
        }
        return HostArray.of(all, pictures.examples().size(), columns);
    }

    private static HostArray labels(List<Example> examples) {
        return HostArray.of(examples.stream().mapToLong(Example::label).toArray(), examples.size());
    }

    private static List<String> names(Pictures pictures, Path root) {
        return pictures.examples().stream()
                .map(example -> root.relativize(example.file()).toString())
                .toList();
    }

    /** How many of a purpose could be read. */
    private static long count(Pictures pictures, ImageListing listing, Purpose purpose) {
        return pictures.remarks().whole(listing.of(purpose)).size();
    }

    private static Optional<Split> part(Split all, long from, long count) {
        return count == 0 ? Optional.empty() : Optional.of(all.slice(from, from + count));
    }
}
