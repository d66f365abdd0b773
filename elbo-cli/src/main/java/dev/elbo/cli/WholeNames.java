package dev.elbo.cli;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import java.util.Collection;

/**
 * Names that came through whole: Java reads arguments and the names of files by the locale's character set, and puts a mark in
 * the place of what that does not hold. The launcher sees to it; who starts Java by other means may not.
 */
final class WholeNames {
    private static final String LOST = "\ufffd";
    private static final String CHARACTERS = System.getProperty("sun.jnu.encoding", "");

    private WholeNames() {}

    /**
     * Makes sure of the words of a command.
     *
     * @throws IllegalArgumentException if letters of one were lost
     */
    static void require(Collection<String> words) {
        if (!CHARACTERS.equals("UTF-8") && words.stream().anyMatch(word -> word.contains(LOST))) {
            throw new IllegalArgumentException("names were not read whole: the locale's character set, "
                    + CHARACTERS + ", does not hold their letters. Set LC_ALL=C.UTF-8, or use"
                    + " the script 'elbo', which does");
        }
    }

    /** Makes sure of the classes of data, which are names of folders. */
    static void require(DataSpec spec) {
        spec.fields().values().stream()
                .filter(Field.Category.class::isInstance)
                .forEach(field -> require(field.names()));
    }
}
