package dev.elbo.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;

/** The help of options in Chinese: what {@link dev.elbo.option.About} says of them in English. */
public final class OptionHelp {
    private static final String FILE = "options_zh.properties";
    private static final Properties CHINESE = read();

    private OptionHelp() {}

    private static Properties read() {
        Properties texts = new Properties();
        try (InputStream in = OptionHelp.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("Bug: " + FILE + " is missing");
            }
            try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
                texts.load(reader);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    /** The help of an option of a recipe; nothing if nobody has written it. */
    public static Optional<String> chinese(Recipe recipe, String option) {
        return Optional.ofNullable(CHINESE.getProperty(recipe.name() + "." + option, CHINESE.getProperty(option)));
    }

    /** The help of an option of every training. */
    public static Optional<String> chineseOfTraining(String option) {
        return Optional.ofNullable(CHINESE.getProperty("training." + option));
    }
}
