package dev.elbo.pronunciation;

import com.sun.speech.freetts.en.us.CMULexicon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * 106,000 English words of the CMU Pronouncing Dictionary 0.4, and letter-to-sound rules for others (Black, Lenzo and Pagel 1998, Issues
 * in Building General Letter to Sound Rules), as FreeTTS has them. It tells stress from none; the dictionary's second degree is the
 * first here. It is read when the first word is asked for, in a third of a second.
 */
final class CmuLexicon {
    private static @Nullable CMULexicon opened;

    private CmuLexicon() {}

    /** The phones of a word that it has, in small letters; none of others. */
    static List<String> phones(String word) {
        return phones(word, false);
    }

    /** The phones of a word by the letters a to z that it is written with. */
    static List<String> byLetters(String word) {
        return phones(word, true);
    }

    private static synchronized List<String> phones(String word, boolean byLetters) {
        String[] phones = opened().getPhones(word, null, byLetters);
        return phones == null ? List.of() : Arpabet.of(phones);
    }

    private static CMULexicon opened() {
        if (opened == null) {
            CMULexicon lexicon = new CMULexicon(file("compiled"), file("addenda"), file("lts"), true);
            try {
                lexicon.load();
            } catch (IOException damage) {
                throw new UncheckedIOException("the lexicon of FreeTTS cannot be read: " + damage.getMessage(), damage);
            }
            opened = lexicon;
        }
        return opened;
    }

    private static URL file(String part) {
        return Objects.requireNonNull(CMULexicon.class.getResource("cmudict04_" + part + ".bin"));
    }
}
