package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder with the text files train.txt, perhaps valid.txt to choose by, and perhaps test.txt to judge by: of sentences, or of
 * {@link Dialogues} where turns are asked for.
 */
final class TextFolder implements Format {
    private static final String TRAIN = "train.txt";

    @Override
    public boolean reads(Path path) throws IOException {
        return Files.isRegularFile(path.resolve(TRAIN)) && !ImageListing.hasImages(path);
    }

    @Override
    public String kind(Reading options) {
        return options.turns() > 0 ? "dialogues" : "texts";
    }

    @Override
    public DataSource read(Path path, Reading options, DataCache cache) throws IOException {
        options.requireNoImageSize(path);
        return Text.read(path, () -> {
            Optional<Sentences> validation = split(path.resolve("valid.txt"), options);
            Optional<Sentences> test = split(path.resolve("test.txt"), options);
            return options.turns() > 0 && validation.isEmpty()
                    ? new Dialogues(path.resolve(TRAIN)).source(path, Format.name(path), test, options)
                    : new Text(path, TextFile.sentences(path.resolve(TRAIN), options), validation, test)
                            .source(Format.name(path), "", options);
        });
    }

    private static Optional<Sentences> split(Path file, Reading options) throws IOException {
        return Files.exists(file) ? Optional.of(TextFile.sentences(file, options)) : Optional.empty();
    }
}
