package dev.elbo.data;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which images a folder holds, for what, and the classes that its sub-folders stand for.
 *
 * @param root the folder itself, or the only one in it
 * @param classes the names of the classes; none if the images have none
 * @param splits the images of each purpose. Those to learn from are shuffled, but always in the same way: a validation split cut
 *     off the end has images of every class
 * @param table what a file beside the images says of them
 * @param notes what was passed over, in sentences without a full stop
 */
record ImageListing(
        Path root,
        List<String> classes,
        Map<Purpose, List<Example>> splits,
        Optional<AttributeTable> table,
        List<String> notes) {
    /** How many of many are named. */
    private static final int NAMED = 10;

    /** The purpose of images, and the names of a folder of them. */
    enum Purpose {
        TRAIN("train|training"),
        VALIDATION("val|valid|validation|dev"),
        TEST("test|testing");

        private final String names;

        Purpose(String names) {
            this.names = names;
        }

        /** The purpose that a folder's name says, in capitals or not. */
        private static Stream<Purpose> of(PictureTree folder) {
            return Stream.of(values())
                    .filter(purpose -> folder.name().toLowerCase(Locale.ROOT).matches(purpose.names));
        }
    }

    /**
     * An image file.
     *
     * @param label the index of its class; 0 without classes
     */
    record Example(Path file, int label) {}

    /**
     * What a folder holds.
     *
     * @throws InvalidFileException if there is nothing to learn from, or it is unclear what the classes are
     */
    static ImageListing of(Path folder) throws IOException {
        Map<String, Integer> others = new TreeMap<>();
        List<Path> empty = new ArrayList<>();
        PictureTree tree = unwrapped(PictureTree.of(folder, others, empty));
        requireSome(tree, folder, others);
        Optional<AttributeTable> table = AttributeTable.beside(tree.path());
        table.ifPresent(known -> known.files().forEach(file -> PictureTree.forget(file, folder, others)));
        List<String> notes = new ArrayList<>();
        if (!empty.isEmpty()) {
            notes.add(
                    "folders without a picture, which are no classes: " + named(empty, path -> relative(folder, path)));
        }
        if (!others.isEmpty()) {
            notes.add("files of other kinds, passed over: "
                    + others.entrySet().stream()
                            .map(kind -> String.format(Locale.ROOT, "%,d %s", kind.getValue(), kind.getKey()))
                            .collect(joining(", ")));
        }
        ImageListing listing = of(tree, purposes(tree), notes);
        return table.isPresent() ? listing.described(table.get()) : listing;
    }

    /** These images as a file beside them says: with its classes and splits where folders say nothing of those. */
    private ImageListing described(AttributeTable said) throws InvalidFileException {
        List<String> told = new ArrayList<>(notes);
        told.addAll(said.notes());
        List<String> named = !classes.isEmpty() ? classes : said.labels();
        Map<Purpose, List<Example>> described = new EnumMap<>(Purpose.class);
        int unknown = 0;
        for (Map.Entry<Purpose, List<Example>> split : splits.entrySet()) {
            for (Example example : split.getValue()) {
                Optional<AttributeTable.Said> of = said.of(root, example.file());
                if (of.isEmpty()) {
                    unknown++;
                    continue;
                }
                Purpose purpose = splits.size() > 1
                        ? split.getKey()
                        : of.get()
                                .part()
                                .map(part -> Purpose.valueOf(part.name()))
                                .orElse(split.getKey());
                int label =
                        classes.isEmpty() ? of.get().label().map(named::indexOf).orElse(0) : example.label();
                described.computeIfAbsent(purpose, key -> new ArrayList<>()).add(new Example(example.file(), label));
            }
        }
        if (unknown > 0) {
            told.add(String.format(
                    Locale.ROOT,
                    "pictures that %s does not name, left out: %,d",
                    said.file().getFileName(),
                    unknown));
        }
        if (!described.containsKey(Purpose.TRAIN)) {
            throw new InvalidFileException(
                    said.file(), "names no picture to learn from in " + root, "Name them as they are called there");
        }
        return new ImageListing(root, named, described, Optional.of(said), told);
    }

    private static ImageListing of(PictureTree root, Map<Purpose, PictureTree> purposes, List<String> notes)
            throws InvalidFileException {
        List<String> classes = purposes.values().stream()
                .flatMap(split -> split.folders().stream())
                .map(PictureTree::name)
                .distinct()
                .sorted()
                .toList();
        Map<Purpose, List<Example>> splits = new EnumMap<>(Purpose.class);
        for (Map.Entry<Purpose, PictureTree> split : purposes.entrySet()) {
            splits.put(split.getKey(), examples(split.getValue(), classes));
        }
        Collections.shuffle(splits.getOrDefault(Purpose.TRAIN, List.of()), new Random(0));
        for (String name : classes) {
            List<String> holders = purposes.values().stream()
                    .filter(split ->
                            split.folders().stream().anyMatch(one -> one.name().equals(name)))
                    .map(PictureTree::name)
                    .toList();
            if (holders.size() < purposes.size()) {
                notes.add("class '" + name + "' has pictures in " + String.join(" and ", holders) + " only");
            }
        }
        return new ImageListing(root.path(), classes, splits, Optional.empty(), notes);
    }

    /** Whether a folder, or one in it, holds an image. */
    static boolean hasImages(Path folder) throws IOException {
        return !PictureTree.of(folder, new TreeMap<>(), new ArrayList<>()).isEmpty();
    }

    /** The images of a purpose; none if there are no such. */
    List<Example> of(Purpose purpose) {
        return splits.getOrDefault(purpose, List.of());
    }

    /** All images, those to learn from first. */
    List<Example> all() {
        return Stream.of(Purpose.values())
                .flatMap(purpose -> of(purpose).stream())
                .toList();
    }

    /** The folder in a folder that holds nothing else, as archives are unpacked to. */
    private static PictureTree unwrapped(PictureTree tree) {
        boolean isWrapping = tree.images().isEmpty()
                && tree.folders().size() == 1
                && !tree.folders().get(0).folders().isEmpty()
                && tree.folders().get(0).images().isEmpty()
                && Purpose.of(tree.folders().get(0)).findAny().isEmpty();
        return isWrapping ? unwrapped(tree.folders().get(0)) : tree;
    }

    /** A class may well be called "train", but not all of them as splits are. */
    private static Map<Purpose, PictureTree> purposes(PictureTree tree) throws InvalidFileException {
        Map<Purpose, PictureTree> purposes = new EnumMap<>(Purpose.class);
        List<PictureTree> others = new ArrayList<>();
        for (PictureTree folder : tree.folders()) {
            Purpose purpose = Purpose.of(folder).findFirst().orElse(null);
            if (purpose == null) {
                others.add(folder);
            } else if (purposes.putIfAbsent(purpose, folder) != null) {
                throw new InvalidFileException(
                        folder.path(),
                        "is for the same as " + purposes.get(purpose).path(),
                        "Put both into one folder");
            }
        }
        boolean areClasses = purposes.size() < 2 && !others.isEmpty();
        if (purposes.isEmpty() || areClasses) {
            return Map.of(Purpose.TRAIN, tree);
        }
        requireSplits(tree, purposes, others);
        return purposes;
    }

    private static void requireSplits(PictureTree tree, Map<Purpose, PictureTree> purposes, List<PictureTree> others)
            throws InvalidFileException {
        String splits = purposes.values().stream().map(PictureTree::name).collect(joining(", "));
        if (!purposes.containsKey(Purpose.TRAIN)) {
            throw new InvalidFileException(
                    tree.path(),
                    "holds " + splits + " and no train",
                    "Call the folder with the images to learn from 'train'");
        }
        if (!others.isEmpty() || !tree.images().isEmpty()) {
            Path stray = others.isEmpty() ? tree.images().get(0) : others.get(0).path();
            throw new InvalidFileException(
                    stray, "lies beside folders that are splits: " + splits, "Move it into one of them, or away");
        }
    }

    private static List<Example> examples(PictureTree split, List<String> classes) throws InvalidFileException {
        List<Example> examples = new ArrayList<>();
        split.images().forEach(image -> examples.add(new Example(image, 0)));
        if (!classes.isEmpty() && !examples.isEmpty()) {
            throw new InvalidFileException(
                    examples.get(0).file(),
                    "lies beside folders, and these are taken for classes: " + shortened(classes),
                    "Move it into one of them, or the folders away");
        }
        for (PictureTree one : split.folders()) {
            int label = classes.indexOf(one.name());
            one.all().forEach(image -> examples.add(new Example(image, label)));
        }
        return examples;
    }

    private static List<String> shortened(List<String> names) {
        return names.size() <= NAMED
                ? names
                : Stream.concat(names.stream().limit(NAMED), Stream.of("and " + (names.size() - NAMED) + " more"))
                        .toList();
    }

    private static void requireSome(PictureTree tree, Path folder, Map<String, Integer> others)
            throws InvalidFileException {
        if (tree.isEmpty()) {
            String found =
                    others.isEmpty() ? "" : "; it holds " + String.join(", ", shortened(List.copyOf(others.keySet())));
            throw new InvalidFileException(
                    folder,
                    "holds no images, neither in it nor in its sub-folders" + found,
                    "Give a folder with " + PictureFile.KINDS
                            + " files, with train-images-idx3-ubyte, with images-000.npy, or with train.txt");
        }
    }

    private static String relative(Path folder, Path path) {
        return folder.relativize(path).toString();
    }

    /** The first of many, by a name that each has. */
    static <T> String named(List<T> all, Function<T, String> name) {
        return String.join(", ", shortened(all.stream().map(name).toList()));
    }
}
