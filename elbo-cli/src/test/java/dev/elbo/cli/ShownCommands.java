package dev.elbo.cli;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands that documents show, as their readers type them. */
final class ShownCommands {
    /** Up to the end of the line, or of the code within a line. */
    private static final Pattern ANYWHERE = Pattern.compile("(?<!<\\()\\./elbo ([^`\n]+)");

    private static final Pattern AT_THE_BEGINNING_OF_A_LINE = Pattern.compile("(?m)^\\./elbo ([^`\n]+)");

    private static final Pattern WORD = Pattern.compile("'([^']*)'|\\S+");

    private ShownCommands() {}

    /** The commands of a text, without the remarks behind {@code #}. */
    static Stream<String> in(String text) {
        return found(ANYWHERE, text);
    }

    /** The commands of a text that are on a line of their own, to be typed one after the other. */
    static List<String> onLines(String text) {
        return found(AT_THE_BEGINNING_OF_A_LINE, text).toList();
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1).replaceFirst("\\s+#.*", "").strip());
    }

    /** A command's words, as a shell hands them over. */
    static String[] words(String command) {
        return WORD.matcher(command)
                .results()
                .map(word -> word.group(1) == null ? word.group() : word.group(1))
                .toArray(String[]::new);
    }
}
