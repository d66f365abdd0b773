package dev.elbo.data;

import dev.elbo.data.ImageListing.Example;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A folder of PNG, JPEG, BMP and GIF images. If they lie in sub-folders, each of these is a class; if the
 * sub-folders are called "train" and "test", it is these that hold the images or the classes. Hidden files and
 * files of other kinds are passed over.
 */
final class ImageFolder {
    private ImageFolder() {}

    /**
     * The images of a folder.
     *
     * @param size the height and width in pixels to which all are cropped and resized; if empty, they must have
     *     one size
     * @throws InvalidFileException if there are no images, or one is broken or of another size; if it is unclear
     *     what the classes are
     */
    static DataSource read(Path folder, OptionalInt size) throws IOException {
        ImageListing listing = ImageListing.of(folder);
        List<Picture> pictures = pictures(listing.all(), size);
        Map<String, Field> fields = new LinkedHashMap<>();
        Map<String, HostArray> arrays = new LinkedHashMap<>();
        fields.put("image", image(pictures.get(0)));
        arrays.put("image", images(pictures));
        if (!listing.classes().isEmpty()) {
            fields.put("label", new Field.Category(listing.classes()));
            arrays.put("label", labels(listing.all()));
        }
        String name = folder.toAbsolutePath().normalize().getFileName().toString();
        return source(
                new DataSpec(name, fields, ""),
                new Split(arrays),
                listing.train().size());
    }

    private static DataSource source(DataSpec spec, Split all, int train) {
        Optional<Split> test = all.size() > train ? Optional.of(all.slice(train, all.size())) : Optional.empty();
        return new DataSource(spec, all.slice(0, train), test);
    }

    private static List<Picture> pictures(List<Example> examples, OptionalInt size) throws IOException {
        List<Picture> pictures = new ArrayList<>();
        for (Example example : examples) {
            Picture picture = Picture.read(example.file());
            pictures.add(size.isPresent() ? picture.square(size.getAsInt()) : picture);
            requireOneSize(examples, pictures);
            requireAddressable(examples, pictures);
        }
        boolean coloured = pictures.stream().anyMatch(picture -> picture.channels() == 3);
        return coloured ? pictures.stream().map(Picture::inColour).toList() : pictures;
    }

    /** That the last picture is as large as the first. */
    private static void requireOneSize(List<Example> examples, List<Picture> pictures) throws InvalidFileException {
        Picture first = pictures.get(0);
        Picture last = pictures.get(pictures.size() - 1);
        if (first.height() != last.height() || first.width() != last.width()) {
            throw new InvalidFileException(
                    examples.get(pictures.size() - 1).file(),
                    "has " + last.height() + " × " + last.width() + " pixels, and "
                            + examples.get(0).file() + " has " + first.height() + " × " + first.width(),
                    "Give images of one size, or choose an image size to crop and resize them to");
        }
    }

    /** That as many pictures as there are fit into one array. */
    private static void requireAddressable(List<Example> examples, List<Picture> pictures) throws InvalidFileException {
        long bytes = pictures.get(pictures.size() - 1)
                .levels()
                .shape()
                .prepend(examples.size())
                .elements();
        if (bytes > ArrayHeader.MAX_BYTES) {
            throw new InvalidFileException(
                    examples.get(0).file(),
                    "is one of " + examples.size() + " images that take " + bytes / 1_000_000 + " MB of at most "
                            + ArrayHeader.MAX_BYTES / 1_000_000,
                    "Choose a smaller image size, or give fewer");
        }
    }

    private static Field image(Picture picture) {
        return new Field.Image(picture.channels(), picture.height(), picture.width());
    }

    private static HostArray images(List<Picture> pictures) {
        Picture first = pictures.get(0);
        Shape shape = first.levels().shape().prepend(pictures.size());
        ByteBuffer levels = ByteBuffer.allocate((int) shape.elements());
        pictures.forEach(picture -> levels.put(picture.levels().bytes()));
        return new HostArray(DType.UINT8, shape, levels.flip());
    }

    private static HostArray labels(List<Example> examples) {
        return HostArray.of(examples.stream().mapToLong(Example::label).toArray(), examples.size());
    }
}
