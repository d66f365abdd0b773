package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder whose data lie in several numbered .npy or IDX files, "images-000.npy", "images-001.npy" and so on, one after the
 * other in the order of their numbers, perhaps with "labels-000.npy" and so on; those to judge by in a sub-folder "test",
 * and those to learn from perhaps in "train". They may be larger than memory: rows are read when they are needed.
 */
final class ShardFolder implements Format {
    @Override
    public boolean reads(Path path) throws IOException {
        return Files.isDirectory(path) && !new Shards(train(path)).isEmpty() && !ImageListing.hasImages(train(path));
    }

    /** A sub-folder "train" with shards, or else the folder itself. */
    private static Path train(Path path) throws IOException {
        Path train = path.resolve("train");
        return Files.isDirectory(train) && !new Shards(train).isEmpty() ? train : path;
    }

    @Override
    public String kind(Reading options) {
        return "shards";
    }

    @Override
    public DataSource read(Path path, Reading options, DataCache cache) throws IOException {
        options.requireNoImageSize(path);
        Path test = path.resolve("test");
        LabelledArrays arrays = new LabelledArrays(
                path.toString(),
                new Shards(train(path)).part(),
                Files.isDirectory(test) ? Optional.of(new Shards(test).part()) : Optional.empty());
        return arrays.source(Format.name(path), options.pixelRange());
    }
}
