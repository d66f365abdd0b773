package dev.elbo.data;

import java.util.List;
import java.util.regex.Pattern;

/** White space as text is parted by it. */
final class Spaces {
    private static final String SPACE = "␣";

    /** All that Unicode calls white space, such as the wide space of Chinese, and the separators of ASCII. */
    private static final Pattern BLANK = Pattern.compile("[\\s\\x1c-\\x1f]+", Pattern.UNICODE_CHARACTER_CLASS);

    private Spaces() {}

    /** A text whose white space is single spaces, with none at its ends. */
    static String single(String text) {
        return BLANK.matcher(text).replaceAll(" ").strip();
    }

    /** What stands between spaces. */
    static List<String> words(String sentence) {
        return BLANK.splitAsStream(sentence).filter(word -> !word.isEmpty()).toList();
    }

    /** Characters, among them ␣ for each space. */
    static List<String> characters(String sentence) {
        return single(sentence)
                .replace(" ", SPACE)
                .codePoints()
                .mapToObj(Character::toString)
                .toList();
    }

    /** The sentence of some characters. */
    static String joinedCharacters(List<String> characters) {
        return String.join("", characters).replace(SPACE, " ");
    }
}
