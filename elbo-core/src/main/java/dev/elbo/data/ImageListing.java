package dev.elbo.data;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
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
    /** The folder of CelebA's pictures. */
    private static final String CELEBA = "img_align_celeba";

    /** How many of many are named. */
    private static final int NAMED = 10;

    /** The purpose of images, and the names of a folder of them. */
    enum Purpose {
        TRAIN("train|training"),
        VALIDATION("val|valid|validation|dev|eval|evaluation"),
        TEST("test|testing");

        /** As in train_set, Test-Images, 1-train. */
        private static final String BEFORE = "(\\d+[ _.-]?)?";

        private static final String BEHIND = "([ _-]?(set|split|data|dataset|images|imgs|pictures))?";

        private final Pattern names;

        Purpose(String names) {
            this.names = Pattern.compile(BEFORE + "(" + names + ")" + BEHIND, Pattern.CASE_INSENSITIVE);
        }

        /** The purpose that a name says, in capitals or not. */
        static Optional<Purpose> named(String name) {
            return Stream.of(values())
                    .filter(purpose -> purpose.names.matcher(name).matches())
                    .findFirst();
        }

        /** Whether a name speaks of a split, and may mean something else. */
        private static boolean isSpokenOfIn(String name) {
            return Pattern.compile("train|valid|test", Pattern.CASE_INSENSITIVE)
                    .matcher(name)
                    .find();
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
        Set<AttributeTable.Said> met = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Map.Entry<Purpose, List<Example>> split : splits.entrySet()) {
            for (Example example : split.getValue()) {
                Optional<AttributeTable.Said> of = said.of(root, example.file());
                if (of.isEmpty()) {
                    unknown++;
                    continue;
                }
                met.add(of.get());
                Purpose purpose =
                        splits.size() > 1 ? split.getKey() : of.get().purpose().orElse(split.getKey());
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
        if (met.size() < said.pictures().size()) {
            told.add(String.format(
                    Locale.ROOT,
                    "pictures that %s names and that are not there: %,d",
                    said.file().getFileName(),
                    said.pictures().size() - met.size()));
        }
        if (!described.containsKey(Purpose.TRAIN)) {
            throw new InvalidFileException(
                    said.file(), "names no picture to learn from in " + root, "Name them as they are called there");
        }
        return new ImageListing(root, named, described, Optional.of(said), told);
    }

    private static ImageListing of(PictureTree root, Map<Purpose, PictureTree> purposes, List<String> notes)
            throws InvalidFileException {
        List<String> folders = purposes.values().stream()
                .flatMap(split -> split.folders().stream())
                .map(PictureTree::name)
                .distinct()
                .sorted()
                .toList();
        List<String> classes = isWithoutClasses(purposes.values(), folders, notes) ? List.of() : folders;
        addDoubts(purposes, classes, notes);
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

    /** A single folder tells nothing apart, as in train/images and test/images. */
    private static boolean isWithoutClasses(Collection<PictureTree> splits, List<String> folders, List<String> notes) {
        boolean isSingle = folders.size() == 1
                && splits.stream()
                        .allMatch(split ->
                                split.images().isEmpty() || split.folders().isEmpty());
        if (isSingle && !folders.get(0).equals(CELEBA)) {
            notes.add("all pictures lie in the folder '" + folders.get(0)
                    + "', which is no class: one tells nothing apart");
        }
        return isSingle;
    }

    /** Tells of folders that a user may have meant otherwise. */
    private static void addDoubts(Map<Purpose, PictureTree> purposes, List<String> classes, List<String> notes) {
        List<String> likeSplits = classes.stream().filter(Purpose::isSpokenOfIn).toList();
        if (!likeSplits.isEmpty() && purposes.size() == 1) {
            notes.add("folders taken for classes, and called nearly as splits are (train, val, test): "
                    + named(likeSplits, name -> name));
        }
        List<String> within = purposes.values().stream()
                .flatMap(split -> split.folders().stream())
                .filter(one -> classes.contains(one.name()))
                .flatMap(one -> one.folders().stream().map(inner -> one.name() + "/" + inner.name()))
                .distinct()
                .toList();
        if (!within.isEmpty()) {
            notes.add("folders within classes, which are no classes of their own: " + named(within, name -> name));
        }
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
                && Purpose.named(tree.folders().get(0).name()).isEmpty();
        return isWrapping ? unwrapped(tree.folders().get(0)) : tree;
    }

    /** A class may well be called "train", but not all of them as splits are. */
    private static Map<Purpose, PictureTree> purposes(PictureTree tree) throws InvalidFileException {
        Map<Purpose, PictureTree> purposes = new EnumMap<>(Purpose.class);
        List<PictureTree> others = new ArrayList<>();
        for (PictureTree folder : tree.folders()) {
            Purpose purpose = Purpose.named(folder.name()).orElse(null);
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
        if (classes.isEmpty()) {
            return split.all().map(image -> new Example(image, 0)).collect(toCollection(ArrayList::new));
        }
        if (!split.images().isEmpty() && split.folders().isEmpty()) {
            throw new InvalidFileException(
                    split.path(),
                    "holds pictures without a class, and other splits have the classes " + shortened(classes),
                    "Put them into folders of these classes, or move the folder away");
        }
        if (!split.images().isEmpty()) {
            throw new InvalidFileException(
                    split.images().get(0),
                    "lies beside folders, and these are taken for classes: " + shortened(classes),
                    "Move it into one of them, or the folders away");
        }
        List<Example> examples = new ArrayList<>();
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
