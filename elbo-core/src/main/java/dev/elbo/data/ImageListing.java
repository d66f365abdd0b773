package dev.elbo.data;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Which images a folder holds, and the classes that its sub-folders stand for.
 *
 * @param classes the names of the classes; none if the images have none
 * @param train the images to learn from, in an order that is shuffled, but always in the same way: a validation
 *     split cut off the end has images of every class
 * @param test the images to judge by, if there are any
 */
record ImageListing(List<String> classes, List<Example> train, List<Example> test) {
    private static final DirectoryStream.Filter<Path> IMAGES =
            path -> path.getFileName().toString().toLowerCase(Locale.ROOT).matches("[^.].*\\.(png|jpe?g|bmp|gif)")
                    && Files.isRegularFile(path);

    private static final DirectoryStream.Filter<Path> FOLDERS =
            path -> !path.getFileName().toString().startsWith(".") && Files.isDirectory(path);

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
        boolean divided = isDivided(folder);
        Path trainFolder = divided ? folder.resolve("train") : folder;
        Path testFolder = folder.resolve("test");
        List<String> classes = names(list(trainFolder, FOLDERS));
        List<Example> train = examples(trainFolder, classes);
        requireSome(train, trainFolder);
        Collections.shuffle(train, new Random(0));
        boolean tested = divided && Files.isDirectory(testFolder);
        return new ImageListing(classes, train, tested ? examples(testFolder, classes) : List.of());
    }

    /** Whether a folder, or one in it, holds an image. */
    static boolean hasImages(Path folder) throws IOException {
        if (!list(folder, IMAGES).isEmpty()) {
            return true;
        }
        for (Path inner : list(folder, FOLDERS)) {
            if (!list(inner, IMAGES).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** All images, those to learn from first. */
    List<Example> all() {
        List<Example> all = new ArrayList<>(train);
        all.addAll(test);
        return all;
    }

    /** A class may well be called "train", but not all of them "train" and "test". */
    private static boolean isDivided(Path folder) throws IOException {
        List<String> names = names(list(folder, FOLDERS));
        return names.contains("train") && Set.of("train", "test").containsAll(names);
    }

    /** The paths in a folder, in the order of their names. */
    private static List<Path> list(Path folder, DirectoryStream.Filter<Path> kind) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, kind)) {
            entries.forEach(paths::add);
        }
        Collections.sort(paths);
        return paths;
    }

    private static List<String> names(List<Path> paths) {
        return paths.stream().map(ImageListing::name).toList();
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private static List<Example> examples(Path folder, List<String> classes) throws IOException {
        List<Example> examples = images(folder, 0);
        if (!classes.isEmpty() && !examples.isEmpty()) {
            throw new InvalidFileException(
                    examples.get(0).file(),
                    "lies beside folders, and these are taken for classes: " + classes,
                    "Move it into one of them, or the folders away");
        }
        for (Path classFolder : list(folder, FOLDERS)) {
            int label = classes.indexOf(name(classFolder));
            if (label < 0) {
                throw new InvalidFileException(
                        classFolder, "is none of the classes in train, which are " + classes, "Rename or remove it");
            }
            requireFlat(classFolder);
            examples.addAll(images(classFolder, label));
        }
        return examples;
    }

    private static void requireFlat(Path classFolder) throws IOException {
        List<Path> folders = list(classFolder, FOLDERS);
        if (!folders.isEmpty()) {
            throw new InvalidFileException(
                    folders.get(0), "is a folder within a class", "Move its images into " + classFolder);
        }
    }

    private static List<Example> images(Path folder, int label) throws IOException {
        List<Example> examples = new ArrayList<>();
        for (Path image : list(folder, IMAGES)) {
            examples.add(new Example(image, label));
        }
        return examples;
    }

    private static void requireSome(List<Example> examples, Path folder) throws InvalidFileException {
        if (examples.isEmpty()) {
            throw new InvalidFileException(
                    folder,
                    "holds no images, neither in it nor in its sub-folders",
                    "Give a folder with PNG, JPEG, BMP or GIF files, with train-images-idx3-ubyte, with images-000.npy, or with train.txt");
        }
    }
}
