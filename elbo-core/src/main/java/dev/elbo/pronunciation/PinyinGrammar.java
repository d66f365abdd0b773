package dev.elbo.pronunciation;

import java.util.List;
import java.util.Locale;

/** Toned pinyin: syllables with a number or a mark, and punctuation. */
final class PinyinGrammar {
    private static final Grammar GRAMMAR = Punctuation.of(new Grammar()
            .reads(
                    "[\\p{IsLatin}\\p{M}]+(?::[\\p{IsLatin}\\p{M}]*)?[0-5]?(?!\\d)",
                    syllable -> syllable.group().toLowerCase(Locale.ROOT)));

    private PinyinGrammar() {}

    /** The syllables of a text. */
    static List<Token> tokens(String text) {
        return GRAMMAR.tokens(text);
    }
}
