package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Any text file in UTF-8 whose name ends in .txt, with a sentence on each line, or with {@link Dialogues} where turns are asked for.
 * Lines without words, and those with too many, are left out; the data source says how many.
 */
final class TextFile implements Format {
    @Override
    public boolean reads(Path path) {
        return Files.isRegularFile(path)
                && Format.name(path).toLowerCase(Locale.ROOT).endsWith(".txt");
    }

    @Override
    public String kind(Reading options) {
        return options.turns() > 0 ? "dialogues" : "text";
    }

    @Override
    public DataSource read(Path path, Reading options, DataCache cache) throws IOException {
        options.requireNoImageSize(path);
        return Text.read(path, () -> {
            if (options.turns() > 0) {
                return new Dialogues(path).source(path, Format.name(path), Optional.empty(), options);
            }
            DataSource source = new Text(path, sentences(path, options), Optional.empty(), Optional.empty())
                    .source(Format.name(path), "", options);
            return new Dialogues(path).isRaw()
                    ? source.noting(
                            "lines hold dialogues, with __eou__ behind each turn; --set turns=5 reads them as such")
                    : source;
        });
    }

    /**
     * The sentences of a file, or its turns.
     *
     * @throws InvalidFileException if it is not UTF-8
     */
    static Sentences sentences(Path file, Reading options) throws IOException {
        if (options.turns() > 0) {
            return new Dialogues(file).sentences(options);
        }
        Sentences sentences = new Sentences(options);
        new TextLines(file).forEach(sentences::add);
        return sentences;
    }
}
