package dev.elbo.data;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder with pictures in it or below it.
 *
 * @param images the pictures in it, by name
 * @param folders those in it that hold pictures, by name
 */
record PictureTree(Path path, List<Path> images, List<PictureTree> folders) {
    /** Deeper than any collection; links that lead back would have no end. */
    private static final int DEEPEST = 32;

    /**
     * Walks through a folder. Hidden files are passed over.
     *
     * @param others how many files of other kinds were met, by ending; added to
     * @param empty folders without a picture; added to
     */
    static PictureTree of(Path folder, Map<String, Integer> others, List<Path> empty) throws IOException {
        return of(folder, others, empty, 0);
    }

    private static PictureTree of(Path folder, Map<String, Integer> others, List<Path> empty, int depth)
            throws IOException {
        List<Path> images = new ArrayList<>();
        List<PictureTree> folders = new ArrayList<>();
        for (Path path : list(folder)) {
            if (isBackwards(path, folder)) {
                others.merge("link back", 1, Integer::sum);
            } else if (Files.isDirectory(path)) {
                add(path, folders, others, empty, depth);
            } else if (PictureFile.isCalledSo(path)) {
                images.add(path);
            } else {
                others.merge(ending(path), 1, Integer::sum);
            }
        }
        return new PictureTree(folder, images, folders);
    }

    /** Whether a folder leads back to one that it lies in. */
    private static boolean isBackwards(Path path, Path folder) throws IOException {
        return Files.isSymbolicLink(path)
                && Files.isDirectory(path)
                && folder.toRealPath().startsWith(path.toRealPath());
    }

    private static void add(
            Path folder, List<PictureTree> folders, Map<String, Integer> others, List<Path> empty, int depth)
            throws IOException {
        if (depth == DEEPEST) {
            throw new InvalidFileException(
                    folder, "lies too deep: folders lead back to themselves, or too far", "Move it");
        }
        PictureTree inner = of(folder, others, empty, depth + 1);
        if (inner.isEmpty()) {
            empty.add(folder);
        } else {
            folders.add(inner);
        }
    }

    /** The paths in a folder that are not hidden, in the order of names. */
    private static List<Path> list(Path folder) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                folder, path -> !path.getFileName().toString().startsWith("."))) {
            entries.forEach(paths::add);
        }
        Collections.sort(paths);
        return paths;
    }

    /** Counts a file of another kind no longer. */
    static void forget(Path file, Path folder, Map<String, Integer> others) {
        if (file.toAbsolutePath().normalize().startsWith(folder.toAbsolutePath().normalize())) {
            others.computeIfPresent(ending(file), (ending, count) -> count > 1 ? count - 1 : null);
        }
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(dot).toLowerCase(Locale.ROOT);
    }

    boolean isEmpty() {
        return images.isEmpty() && folders.isEmpty();
    }

    String name() {
        return path.getFileName().toString();
    }

    /** All pictures in it and below. */
    Stream<Path> all() {
        return Stream.concat(images.stream(), folders.stream().flatMap(PictureTree::all));
    }
}
