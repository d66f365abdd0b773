package dev.elbo.pronunciation;

import java.util.List;

/**
 * Syllables of pinyin as they are written: no tone changes with its neighbours.
 *
 * @param own come first
 */
record PinyinWords(Lexicon own) implements Words {
    @Override
    public List<String> phones(String word) {
        List<String> given = own.given(word);
        return given.isEmpty()
                ? Pinyin.of(word).map(Pinyin::toPhones).orElse(List.of())
                : Language.PINYIN.phones(String.join(" ", given));
    }
}
