package dev.elbo.data;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * A look at somebody's data, before anything is trained on them.
 *
 * @param kind what they are read as: published, pictures, array, idx, shards, text, texts, dialogues, table
 * @param source the data as they would be trained on
 * @param reading how they were read; with an image size chosen here, if pictures have several
 * @param sizes how many pictures have which size, as in 640 × 480, where they are files
 * @param passedOver how many files of other kinds there are, by ending
 */
public record DataLook(
        String kind, DataSource source, Reading reading, Map<String, Integer> sizes, Map<String, Integer> passedOver) {
    /** The turns that an answer has as its context, where nothing is said of that. */
    private static final int TURNS = 5;

    private static final String PUBLISHED = "published";

    /** The sides that networks halve well. */
    private static final int[] SIDES = {64, 32, 28, 16, 8, 4, 2, 1};

    /**
     * Looks at a folder or file.
     *
     * @throws InvalidFileException if they cannot be read
     */
    public static DataLook at(Path path, Reading options, DataCache cache) throws IOException {
        Format format = Format.of(path);
        if (!(format instanceof ImageFolder)) {
            Reading reading = options.turns() == 0 && isOfDialogues(format, path) ? options.turns(TURNS) : options;
            return new DataLook(format.kind(reading), format.read(path, reading, cache), reading, Map.of(), Map.of());
        }
        Map<String, Integer> others = new TreeMap<>();
        PictureTree tree = PictureTree.of(path, others, new ArrayList<>());
        Map<String, Integer> sizes = new LinkedHashMap<>();
        List<Integer> sides = new ArrayList<>();
        for (Path picture : tree.all().toList()) {
            Optional<Size> size = size(picture);
            if (size.isPresent()) {
                sizes.merge(size.get().toString(), 1, Integer::sum);
                sides.add(size.get().side());
            }
        }
        Reading reading =
                sizes.size() > 1 && !options.imageSize().isChosen() ? options.imageSize(square(sides)) : options;
        return new DataLook(format.kind(reading), format.read(path, reading, cache), reading, sizes, others);
    }

    /** A look at a published set. */
    public static DataLook ofPublished(DataSource source, Reading options) {
        return new DataLook(PUBLISHED, source, options, Map.of(), Map.of());
    }

    /** Whether there are dialogues by all signs; turns on lines of their own might be sentences. */
    private static boolean isOfDialogues(Format format, Path path) throws IOException {
        return format instanceof DailyDialog || (format instanceof TextFile && new Dialogues(path).isRaw());
    }

    /** Of a picture, in pixels. */
    private record Size(int width, int height) {
        @SuppressWarnings("ArgumentSelectionDefectChecker") // rows become columns
        Size turned() {
            return new Size(height, width);
        }

        int side() {
            return Math.min(width, height);
        }

        @Override
        public String toString() {
            return width + " × " + height;
        }
    }

    /** As large as half of the pictures are: one thumbnail among photographs does not make all of them small. */
    private static ImageSize square(List<Integer> sides) {
        int median = sides.stream().sorted().toList().get(sides.size() / 2);
        for (int side : SIDES) {
            if (side <= median) {
                return ImageSize.square(side);
            }
        }
        return ImageSize.square(1);
    }

    /** The size of a picture by its file, without decoding it; nothing if it cannot be read. */
    private static Optional<Size> size(Path picture) {
        try (ImageInputStream in = ImageIO.createImageInputStream(picture.toFile())) {
            ImageReader reader = ImageIO.getImageReaders(in).next();
            try {
                reader.setInput(in, true, true);
                Size stored = new Size(reader.getWidth(0), reader.getHeight(0));
                boolean turn = Orientation.of(Files.readAllBytes(picture)).isTransposed();
                return Optional.of(turn ? stored.turned() : stored);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException unreadable) { // damaged files make the readers throw both
            return Optional.empty();
        }
    }

    /** The number of observations by split. */
    public Map<String, Long> splits() {
        Map<String, Long> sizes = new LinkedHashMap<>();
        parts().forEach((name, split) -> sizes.put(name, split.size()));
        return sizes;
    }

    private Map<String, Split> parts() {
        Map<String, Split> parts = new LinkedHashMap<>();
        parts.put("train", source.train());
        source.validation().ifPresent(split -> parts.put("validation", split));
        source.test().ifPresent(split -> parts.put("test", split));
        return parts;
    }

    /** The kind and traits of each field, in words. */
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        source.spec()
                .fields()
                .forEach((name, field) -> fields.put(name, field.kind() + ": " + String.join(", ", field.traits())));
        return fields;
    }

    /** How many observations of all splits belong to each class; nothing without classes. */
    public Map<String, Long> classes() {
        Map<String, Long> counts = new LinkedHashMap<>();
        source.spec().fields().forEach((name, field) -> {
            if (field instanceof Field.Category category) {
                category.names().forEach(one -> counts.putIfAbsent(one, 0L));
                parts().values()
                        .forEach(split -> LongStream.of(
                                        split.field(name).toHost().toLongs())
                                .forEach(label -> counts.merge(category.names().get((int) label), 1L, Long::sum)));
            }
        });
        return counts;
    }

    /** How long the recordings of all splits last; nothing without recordings. */
    public Optional<ClipLengths> seconds() {
        return ClipLengths.of(source.spec(), parts().values());
    }

    /** How dark and light the pixels are; nothing without images, or of images that are made or read one by one. */
    public Optional<Levels> levels() {
        return source.spec().fields().entrySet().stream()
                .filter(field -> field.getValue() instanceof Field.Image
                        && (!kind.equals(PUBLISHED)
                                || !source.train().field(field.getKey()).isOnDisk()))
                .findFirst()
                .map(field -> Levels.of(source.train(), field.getKey()));
    }

    /** All of it but the data. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", kind);
        ObjectNode splits = json.putObject("splits");
        splits().forEach(splits::put);
        ObjectNode fields = json.putObject("fields");
        fields().forEach(fields::put);
        ObjectNode classes = json.putObject("classes");
        classes().forEach(classes::put);
        ObjectNode others = json.putObject("passedOver");
        passedOver.forEach(others::put);
        ObjectNode known = json.putObject("sizes");
        sizes.forEach(known::put);
        seconds().ifPresent(seconds -> json.set("seconds", seconds.toJson()));
        levels().ifPresent(levels -> json.putObject("levels")
                .put("least", levels.least())
                .put("most", levels.most())
                .put("between", levels.between()));
        source.notes().forEach(json.putArray("notes")::add);
        return json;
    }
}
