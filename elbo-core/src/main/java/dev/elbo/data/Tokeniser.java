package dev.elbo.data;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rule by which a sentence is parted into words. */
public enum Tokeniser {
    /** Words and punctuation, in small letters; each Chinese or Japanese character is a word. */
    WORDS {
        @Override
        List<String> split(String sentence) {
            return Words.of(sentence);
        }

        @Override
        public String join(List<String> words) {
            return Words.join(words);
        }
    },

    /** Words stand between spaces, and stay as they are: for text that was split before. */
    SPACES {
        @Override
        List<String> split(String sentence) {
            return BLANK.splitAsStream(sentence).filter(word -> !word.isEmpty()).toList();
        }

        @Override
        public String join(List<String> words) {
            return String.join(" ", words);
        }
    },

    /** Characters, as they are. A space is written ␣ among them. */
    CHARACTERS {
        @Override
        List<String> split(String sentence) {
            return BLANK.matcher(BLANK.matcher(sentence).replaceAll(" ").strip())
                    .replaceAll(SPACE)
                    .codePoints()
                    .mapToObj(Character::toString)
                    .toList();
        }

        @Override
        public String join(List<String> words) {
            return String.join("", words).replace(SPACE, " ");
        }
    };

    private static final String SPACE = "␣";

    /** All that Unicode calls white space, such as the wide space of Chinese, and the separators of ASCII. */
    private static final Pattern BLANK = Pattern.compile("[\\s\\x1c-\\x1f]+", Pattern.UNICODE_CHARACTER_CLASS);

    /** Its name in settings and files: {@code words}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The words of a sentence, in their order. */
    abstract List<String> split(String sentence);

    /** A sentence of words, as it is usually written. */
    public abstract String join(List<String> words);
}
