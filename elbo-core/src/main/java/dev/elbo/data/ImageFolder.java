package dev.elbo.data;

import dev.elbo.data.ImageListing.Example;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import dev.elbo.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A folder of PNG, JPEG, BMP and GIF images. If they lie in sub-folders, each of these is a class; if the
 * sub-folders are called "train" and "test", it is these that hold the images or the classes. Hidden files and
 * files of other kinds are passed over.
 */
final class ImageFolder implements Format {
    /** Any folder: this is the last kind of all, and says best what else a folder may hold. */
    @Override
    public boolean reads(Path path) {
        return Files.isDirectory(path);
    }

    @Override
    public DataSource read(Path path, Reading options, DataCache cache) throws IOException {
        return read(path, options.imageSize(), cache);
    }

    /**
     * The images of a folder.
     *
     * @param size to which all are cropped and resized; if it is not chosen, they must have one size
     * @param cache where many images are kept as they were decoded
     * @throws InvalidFileException if there are no images, or one is broken or of another size; if it is unclear
     *     what the classes are
     */
    static DataSource read(Path folder, ImageSize size, DataCache cache) throws IOException {
        ImageListing listing = ImageListing.of(folder);
        RowSource images = new PictureArray(folder, listing.all(), size, cache).open();
        Shape shape = images.shape();
        Map<String, Field> fields = new LinkedHashMap<>();
        Map<String, RowSource> arrays = new LinkedHashMap<>();
        fields.put("image", new Field.Image((int) shape.size(1), (int) shape.size(2), (int) shape.size(3)));
        arrays.put("image", images);
        if (!listing.classes().isEmpty()) {
            fields.put("label", new Field.Category(listing.classes()));
            arrays.put("label", labels(listing.all()));
        }
        return source(
                new DataSpec(Format.name(folder), fields, ""),
                new Split(arrays),
                listing.train().size());
    }

    private static DataSource source(DataSpec spec, Split all, int train) {
        Optional<Split> test = all.size() > train ? Optional.of(all.slice(train, all.size())) : Optional.empty();
        return new DataSource(spec, all.slice(0, train), test);
    }

    private static HostArray labels(List<Example> examples) {
        return HostArray.of(examples.stream().mapToLong(Example::label).toArray(), examples.size());
    }
}
