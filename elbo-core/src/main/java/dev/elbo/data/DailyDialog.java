package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder as DailyDialog (Li et al. 2017) is unpacked: train, validation and test, in each of them {@link Dialogues} in a file
 * dialogues.txt or dialogues_train.txt and so on.
 */
final class DailyDialog implements Format {
    private static final String TRAIN = "train";

    @Override
    public boolean reads(Path path) {
        return Stream.of(TRAIN, "validation", "test")
                .anyMatch(split -> file(path, split).isPresent());
    }

    private static Optional<Path> file(Path folder, String split) {
        return Stream.of("dialogues.txt", "dialogues_" + split + ".txt")
                .map(folder.resolve(split)::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    @Override
    public String kind(Reading options) {
        return "dialogues";
    }

    @Override
    public DataSource read(Path path, Reading options, DataCache cache) throws IOException {
        options.requireNoImageSize(path);
        if (options.turns() == 0) {
            throw new IllegalArgumentException(
                    path + " holds dialogues; say how many turns before an answer are its context: --set turns=5");
        }
        Optional<Path> train = file(path, TRAIN);
        if (train.isEmpty()) {
            throw lacksTrain(path, options);
        }
        return Text.read(path, () -> {
            Optional<Sentences> validation = split(path, "validation", options);
            Optional<Sentences> test = split(path, "test", options);
            Dialogues dialogues = new Dialogues(train.get());
            return validation.isEmpty()
                    ? dialogues.source(path, Format.name(path), test, options)
                    : new Text(path, dialogues.sentences(options), validation, test)
                            .source(Format.name(path), "", options);
        });
    }

    private static Optional<Sentences> split(Path folder, String name, Reading options) throws IOException {
        Optional<Path> file = file(folder, name);
        return file.isPresent() ? Optional.of(new Dialogues(file.get()).sentences(options)) : Optional.empty();
    }

    private static InvalidFileException lacksTrain(Path path, Reading options) {
        Path other = Stream.of("validation", "test")
                .flatMap(split -> file(path, split).stream())
                .findFirst()
                .orElseThrow();
        return new InvalidFileException(
                path,
                "has no file train/dialogues.txt to learn from",
                "Put it there, or learn from another: --data " + other + " --set turns=" + options.turns());
    }
}
