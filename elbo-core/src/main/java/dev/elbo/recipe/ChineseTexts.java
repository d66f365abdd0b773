package dev.elbo.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;

/** A file of Chinese texts by name. */
final class ChineseTexts {
    private final Properties texts;

    private ChineseTexts(Properties texts) {
        this.texts = texts;
    }

    /** Reads a file that lies beside this class. */
    static ChineseTexts read(String file) {
        Properties texts = new Properties();
        try (InputStream in = ChineseTexts.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("Bug: " + file + " is missing");
            }
            try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
                texts.load(reader);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ChineseTexts(texts);
    }

    /** The text of a name; nothing if nobody has written it. */
    Optional<String> of(String name) {
        return Optional.ofNullable(texts.getProperty(name));
    }
}
