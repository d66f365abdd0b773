package dev.elbo.pronunciation;

import java.text.Normalizer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Russian words as their letters: each is a phone, and so are the hard and the soft sign. Where the stress is, a text does not say.
 *
 * @param own come first
 */
record RussianWords(Lexicon own) implements Words {
    /** The letters of the alphabet. */
    static final Set<String> LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
            .chars()
            .mapToObj(Character::toString)
            .collect(Collectors.toUnmodifiableSet());

    @Override
    public List<String> phones(String word) {
        List<String> given = own.given(word);
        return given.isEmpty() ? letters(word) : given;
    }

    private static List<String> letters(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFC)
                .chars()
                .mapToObj(Character::toString)
                .filter(LETTERS::contains)
                .toList();
    }
}
