package dev.elbo.data;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbered files of one folder. */
final class Shards {
    private static final Pattern NAME =
            Pattern.compile("(x|images|data|y|labels)[-_.]?(\\d{0,9})\\.(npy|idx\\d?|idx\\d-ubyte)(\\.gz)?");

    private final Path folder;
    private final SortedMap<Integer, Path> observations = new TreeMap<>();
    private final SortedMap<Integer, Path> labels = new TreeMap<>();

    /** Lists the files of a folder. */
    Shards(Path folder) throws IOException {
        this.folder = folder;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            for (Path entry : entries) {
                Matcher name = NAME.matcher(entry.getFileName().toString().toLowerCase(Locale.ROOT));
                if (name.matches()) {
                    boolean isLabels = name.group(1).matches("y|labels");
                    put(isLabels ? labels : observations, name.group(2), entry);
                }
            }
        }
    }

    /** A file without a number is the first. */
    private void put(SortedMap<Integer, Path> shards, String digits, Path file) throws InvalidFileException {
        Path other = shards.put(digits.isEmpty() ? -1 : Integer.parseInt(digits), file);
        if (other != null) {
            throw new InvalidFileException(
                    file, "and " + other.getFileName() + " have one number", "Remove one of them from " + folder);
        }
    }

    /** Whether there are none with observations. */
    boolean isEmpty() {
        return observations.isEmpty();
    }

    /**
     * Observations and labels of all shards.
     *
     * @throws InvalidFileException if there are none, or a file is damaged, or they do not fit together
     */
    LabelledArrays.Part part() throws IOException {
        if (observations.isEmpty()) {
            throw new InvalidFileException(
                    folder, "has no shards", "Call its files images-000.npy, images-001.npy and so on");
        }
        if (!labels.isEmpty() && !labels.keySet().equals(observations.keySet())) {
            throw new InvalidFileException(
                    folder,
                    "has labels for other shards than it has: "
                            + labels.values().stream().map(Path::getFileName).toList() + " beside "
                            + observations.values().stream()
                                    .map(Path::getFileName)
                                    .toList(),
                    "Give each file of images one of labels with the same number");
        }
        List<NamedRows> all = new ArrayList<>();
        List<LabelArray> allLabels = new ArrayList<>();
        for (Map.Entry<Integer, Path> shard : observations.entrySet()) {
            NamedRows rows = ArrayFile.rows(shard.getValue(), 0);
            Path ofLabels = labels.get(shard.getKey());
            all.add(rows);
            if (ofLabels != null) {
                allLabels.add(
                        labels(ofLabels, shard.getValue(), rows.rows().shape().size(0)));
            }
        }
        return new LabelledArrays.Part(all, allLabels);
    }

    private static LabelArray labels(Path file, Path of, long count) throws IOException {
        LabelArray read = ArrayFile.labels(file);
        if (read.size() != count) {
            throw new InvalidFileException(
                    file,
                    "has " + read.size() + " labels, and " + of.getFileName() + " has " + count + " rows",
                    "Give a label for each row");
        }
        return read;
    }
}
