package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A folder with the text files train.txt, perhaps valid.txt to choose by, and perhaps test.txt to judge by. */
final class TextFolder implements Format {
    @Override
    public boolean reads(Path path) throws IOException {
        return Files.isRegularFile(path.resolve("train.txt")) && !ImageListing.hasImages(path);
    }

    @Override
    public String kind() {
        return "texts";
    }

    @Override
    public DataSource read(Path path, Reading options, DataCache cache) throws IOException {
        options.requireNoImageSize(path);
        return new Text(
                        path,
                        TextFile.sentences(path.resolve("train.txt"), options),
                        split(path.resolve("valid.txt"), options),
                        split(path.resolve("test.txt"), options))
                .source(Format.name(path), "", options);
    }

    private static Optional<Sentences> split(Path file, Reading options) throws IOException {
        return Files.exists(file) ? Optional.of(TextFile.sentences(file, options)) : Optional.empty();
    }
}
