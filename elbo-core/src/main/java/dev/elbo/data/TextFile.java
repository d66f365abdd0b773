package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Any text file in UTF-8 whose name ends in .txt, with a sentence on each line. {@link Words} says what a word is. Lines without
 * words, and those with too many, are left out; the data source says how many.
 */
final class TextFile implements Format {
    @Override
    public boolean reads(Path path) {
        return Files.isRegularFile(path)
                && Format.name(path).toLowerCase(Locale.ROOT).endsWith(".txt");
    }

    @Override
    public String kind() {
        return "text";
    }

    @Override
    public DataSource read(Path path, Reading options, DataCache cache) throws IOException {
        options.requireNoImageSize(path);
        return new Text(path, sentences(path, options), Optional.empty(), Optional.empty())
                .source(Format.name(path), "", options);
    }

    /**
     * The sentences of a file.
     *
     * @throws InvalidFileException if it is not UTF-8
     */
    static Sentences sentences(Path file, Reading options) throws IOException {
        Sentences sentences = new Sentences(options.longest(), options.tokens());
        new TextLines(file).forEach(sentences::add);
        return sentences;
    }
}
