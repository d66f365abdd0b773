package dev.elbo.data;

import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A folder whose data lie in several .npy or IDX files: "images-000.npy", "images-001.npy" and so on, one after the other in
 * the order of their names, perhaps with "labels-000.npy" and so on; or the same in sub-folders "train" and "test".
 * They may be larger than memory: rows are read when they are needed.
 */
final class ShardFolder {
    private static final String OBSERVATIONS = "(x|images|data)";
    private static final String LABELS = "(y|labels)";

    private ShardFolder() {}

    /** Whether a folder is one. */
    static boolean isOne(Path folder) throws IOException {
        return !files(train(folder), OBSERVATIONS).isEmpty();
    }

    /**
     * What a folder that is one holds.
     *
     * @throws InvalidFileException if a file is damaged, or they do not fit together
     */
    static LabelledArrays read(Path folder) throws IOException {
        Path test = folder.resolve("test");
        boolean isDivided = !train(folder).equals(folder);
        return new LabelledArrays(
                folder.toString(),
                part(train(folder)),
                isDivided && Files.isDirectory(test) ? Optional.of(part(test)) : Optional.empty());
    }

    private static Path train(Path folder) {
        Path train = folder.resolve("train");
        return Files.isDirectory(train) ? train : folder;
    }

    private static LabelledArrays.Part part(Path folder) throws IOException {
        List<RowSource> observations = new ArrayList<>();
        for (Path file : files(folder, OBSERVATIONS)) {
            observations.add(ArrayFile.observations(file, 0));
        }
        if (observations.isEmpty()) {
            throw new InvalidFileException(
                    folder, "has no shards", "Call its files images-000.npy, images-001.npy and so on");
        }
        List<HostArray> labels = new ArrayList<>();
        for (Path file : files(folder, LABELS)) {
            labels.add(ArrayFile.labels(file));
        }
        try {
            return new LabelledArrays.Part(
                    new JoinedRows(observations),
                    labels.isEmpty() ? Optional.empty() : Optional.of(HostArray.concat(labels)));
        } catch (IllegalArgumentException misfit) {
            String problem = "holds shards that do not fit together: " + misfit.getMessage();
            throw new InvalidFileException(folder.toString(), problem, "Give shards of one shape and type", misfit);
        }
    }

    /** In the order of their names. */
    private static List<Path> files(Path folder, String stem) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString().toLowerCase(Locale.ROOT);
                if (name.matches(stem + "([-_.\\d].*)?\\.(npy|idx\\d?)|" + stem + "[-.\\d].*ubyte")
                        && Files.isRegularFile(entry)) {
                    files.add(entry);
                }
            }
        }
        Collections.sort(files);
        return files;
    }
}
