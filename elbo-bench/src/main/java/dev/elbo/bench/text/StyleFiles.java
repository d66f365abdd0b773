package dev.elbo.bench.text;

import dev.elbo.data.InvalidFileException;
import dev.elbo.data.TextLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lines in files, as tables of style transfer are published: a file for each style, whose name has the style, or its number, between
 * points, as in {@code test.0}, {@code reference2.negative} and {@code test.1.tsf}. Files whose names differ in nothing else are one
 * series.
 */
public final class StyleFiles {
    private StyleFiles() {}

    /**
     * The series of a folder by their names: the lines of each style's file. Other files are left out.
     *
     * @param styles the names of the styles
     * @throws InvalidFileException if there is no series, or one lacks the file of a style, or a line is not UTF-8
     */
    public static SortedMap<String, List<List<String>>> read(Path folder, List<String> styles) throws IOException {
        SortedMap<String, Map<Integer, Path>> files = new TreeMap<>();
        for (Path file : files(folder)) {
            List<String> parts =
                    new ArrayList<>(Arrays.asList(file.getFileName().toString().split("\\.", -1)));
            int at = at(parts, styles);
            if (at >= 0) {
                int style = style(parts.remove(at), styles);
                files.computeIfAbsent(String.join(".", parts), name -> new TreeMap<>())
                        .put(style, file);
            }
        }
        if (files.isEmpty()) {
            throw new InvalidFileException(
                    folder,
                    "has no file of a style",
                    "Give a file for each style, whose name has the style or its number between points, as in test."
                            + styles.get(0) + " or test.0");
        }
        SortedMap<String, List<List<String>>> series = new TreeMap<>();
        for (Map.Entry<String, Map<Integer, Path>> each : files.entrySet()) {
            series.put(each.getKey(), lines(folder, each.getKey(), each.getValue(), styles));
        }
        return series;
    }

    /**
     * The sentences that systems or people wrote, by their names: of a folder each series; of a file each column, parted by tabs, with a line
     * for each sentence.
     *
     * @throws InvalidFileException if there is not one line for each sentence
     */
    public static SortedMap<String, List<String>> aligned(Path path, StyledSentences sentences) throws IOException {
        return Files.isDirectory(path) ? inFolder(path, sentences) : inFile(path, sentences.size());
    }

    private static SortedMap<String, List<String>> inFolder(Path folder, StyledSentences sentences) throws IOException {
        SortedMap<String, List<String>> all = new TreeMap<>();
        for (Map.Entry<String, List<List<String>>> series :
                read(folder, sentences.names()).entrySet()) {
            List<Iterator<String>> next = new ArrayList<>();
            for (int style = 0; style < sentences.names().size(); style++) {
                List<String> lines = series.getValue().get(style);
                int expected = Collections.frequency(sentences.styles(), style);
                requireLines(
                        folder,
                        " in " + series.getKey() + " of style "
                                + sentences.names().get(style),
                        lines.size(),
                        expected);
                next.add(lines.iterator());
            }
            all.put(
                    series.getKey(),
                    sentences.styles().stream()
                            .map(style -> next.get(style).next())
                            .toList());
        }
        return all;
    }

    private static SortedMap<String, List<String>> inFile(Path file, int sentences) throws IOException {
        List<String[]> rows =
                lines(file).stream().map(line -> line.split("\t", -1)).toList();
        requireLines(file, "", rows.size(), sentences);
        int columns = rows.stream().mapToInt(row -> row.length).min().orElse(0);
        SortedMap<String, List<String>> all = new TreeMap<>();
        for (int column = 0; column < columns; column++) {
            int at = column;
            String name = file.getFileName() + (columns == 1 ? "" : ", column " + (column + 1));
            all.put(name, rows.stream().map(row -> row[at]).toList());
        }
        return all;
    }

    private static void requireLines(Path path, String where, int lines, int expected) throws InvalidFileException {
        if (lines != expected) {
            throw new InvalidFileException(
                    path,
                    "has " + lines + " lines" + where + " for " + expected + " sentences",
                    "Give a line for each sentence that is said again, in their order");
        }
    }

    /** Whether a folder has a file of a style. */
    public static boolean areIn(Path folder, List<String> styles) throws IOException {
        return files(folder).stream()
                .anyMatch(file -> at(Arrays.asList(file.getFileName().toString().split("\\.", -1)), styles) >= 0);
    }

    private static List<Path> files(Path folder) throws IOException {
        if (Files.isRegularFile(folder)) {
            throw new InvalidFileException(folder, "is no folder", "Give a folder with a file for each style");
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static int at(List<String> parts, List<String> styles) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            if (style(parts.get(i), styles) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private static int style(String part, List<String> styles) {
        int named = styles.indexOf(part);
        return named >= 0 || !part.matches("\\d{1,3}") || Integer.parseInt(part) >= styles.size()
                ? named
                : Integer.parseInt(part);
    }

    private static List<List<String>> lines(Path folder, String name, Map<Integer, Path> files, List<String> styles)
            throws IOException {
        if (files.size() < styles.size()) {
            throw new InvalidFileException(
                    folder,
                    "has " + name + " of "
                            + files.keySet().stream().map(styles::get).collect(Collectors.joining(", "))
                            + " alone; the styles are " + String.join(", ", styles),
                    "Give a file for each style");
        }
        List<List<String>> lines = new ArrayList<>();
        for (Path file : files.values()) {
            lines.add(lines(file));
        }
        return lines;
    }

    /**
     * The lines of a file.
     *
     * @throws InvalidFileException naming the line, if one is not UTF-8
     */
    public static List<String> lines(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        new TextLines(file).forEach(lines::add);
        return lines;
    }
}
