package dev.elbo.pronunciation;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A language's way from a written sentence to phones.
 *
 * <pre>{@code
 * Pronunciation.of("en").phones("Two dogs.");
 * // [sil, T, UW1, D, AA1, G, Z, sil]
 * }</pre>
 */
public final class Pronunciation {
    /** At both ends of a text, and between its sentences. */
    public static final String SILENCE = "sil";

    /** Where a sentence has a comma. */
    public static final String PAUSE = "pau";

    private final Language language;
    private final Lexicon lexicon;
    private final Words words;

    private Pronunciation(Language language, Lexicon lexicon) {
        this.language = language;
        this.lexicon = lexicon;
        this.words = language.words(lexicon);
        lexicon.require(language);
    }

    /**
     * The pronunciation of a language: {@code en}, {@code zh}, {@code ru}, or {@code pinyin} for text that is written in it.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static Pronunciation of(String language) {
        return of(language, Lexicon.EMPTY);
    }

    /**
     * The same, with words of a lexicon of one's own, which come first.
     *
     * @throws IllegalArgumentException if it is none of these, or the lexicon has phones that the language has not
     */
    public static Pronunciation of(String language, Lexicon lexicon) {
        return new Pronunciation(Language.of(language), lexicon);
    }

    /** The names of all languages. */
    public static List<String> languages() {
        return Language.names();
    }

    /** The name of the language. */
    public String language() {
        return language.toString();
    }

    /** The words that come first. */
    public Lexicon lexicon() {
        return lexicon;
    }

    /** The phones that the language has, and both pauses. */
    public SortedSet<String> inventory() {
        return new TreeSet<>(language.inventory());
    }

    /**
     * The phones of a text.
     *
     * @throws IllegalArgumentException if there is nothing to pronounce, or phones between braces are not the language's
     */
    public List<String> phones(String text) {
        Utterance utterance = utterance(text);
        requireSpoken(utterance, text);
        return utterance.phones();
    }

    /**
     * That there is something to say.
     *
     * @throws IllegalArgumentException if there is not
     */
    void requireSpoken(Utterance utterance, String text) {
        if (utterance.isSilent()) {
            String why = utterance.leftOut().isEmpty()
                    ? ""
                    : "; the language '" + language + "' has no sound for "
                            + utterance.leftOut().get(0);
            throw new IllegalArgumentException("there is nothing to pronounce in '" + shortened(text) + "'" + why
                    + "; give words or numbers of the language " + language.title());
        }
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= 40
                ? text
                : text.substring(0, text.offsetByCodePoints(0, 40)) + "…";
    }

    /**
     * A text as it is said, and what of it is not.
     *
     * @throws IllegalArgumentException if phones between braces are not the language's
     */
    public Utterance utterance(String text) {
        List<Spoken> spoken = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        for (Token token : language.tokens(text)) {
            List<String> phones = phones(token);
            if (phones.isEmpty()) {
                leftOut.add(new LeftOut(token.text(), token.at()));
            } else {
                spoken.add(new Spoken(token.text(), phones, token.at()));
            }
        }
        return new Utterance(spoken, leftOut);
    }

    private List<String> phones(Token token) {
        return switch (token.kind()) {
            case WORD -> words.phones(token.text());
            case PAUSE -> List.of(PAUSE);
            case END -> List.of(SILENCE);
            case PHONES -> given(token);
            case UNKNOWN -> List.of();
        };
    }

    private List<String> given(Token token) {
        List<String> phones =
                language.phones(token.text().substring(1, token.text().length() - 1));
        if (phones.isEmpty()) {
            throw new IllegalArgumentException("there are no phones between the braces at " + token.at()
                    + "; write them with spaces between, as in " + language.example());
        }
        language.require(phones, "the braces at " + token.at());
        return phones;
    }
}
