package dev.elbo.pronunciation;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * English words as phones: those of a lexicon of one's own, of the CMU lexicon, what is put together of them with an apostrophe or a
 * hyphen, then by the rules of letters. A single capital letter is called by its name, and so is each letter of what has no vowel.
 *
 * @param own come first
 */
record EnglishWords(Lexicon own) implements Words {
    private static final Map<Character, String> NAMES = Map.ofEntries(
            Map.entry('a', "EY1"),
            Map.entry('b', "B IY1"),
            Map.entry('c', "S IY1"),
            Map.entry('d', "D IY1"),
            Map.entry('e', "IY1"),
            Map.entry('f', "EH1 F"),
            Map.entry('g', "JH IY1"),
            Map.entry('h', "EY1 CH"),
            Map.entry('i', "AY1"),
            Map.entry('j', "JH EY1"),
            Map.entry('k', "K EY1"),
            Map.entry('l', "EH1 L"),
            Map.entry('m', "EH1 M"),
            Map.entry('n', "EH1 N"),
            Map.entry('o', "OW1"),
            Map.entry('p', "P IY1"),
            Map.entry('q', "K Y UW1"),
            Map.entry('r', "AA1 R"),
            Map.entry('s', "EH1 S"),
            Map.entry('t', "T IY1"),
            Map.entry('u', "Y UW1"),
            Map.entry('v', "V IY1"),
            Map.entry('w', "D AH1 B AH0 L Y UW0"),
            Map.entry('x', "EH1 K S"),
            Map.entry('y', "W AY1"),
            Map.entry('z', "Z IY1"));

    /** The words that are not put together of their parts. */
    private static final Map<String, String> CONTRACTIONS = Map.ofEntries(
            Map.entry("can't", "K AE1 N T"),
            Map.entry("don't", "D OW1 N T"),
            Map.entry("won't", "W OW1 N T"),
            Map.entry("shan't", "SH AE1 N T"),
            Map.entry("ain't", "EY1 N T"),
            Map.entry("o'clock", "AH0 K L AA1 K"),
            Map.entry("ma'am", "M AE1 M"),
            Map.entry("y'all", "Y AO1 L"),
            Map.entry("'em", "AH0 M"),
            Map.entry("'til", "T IH1 L"),
            Map.entry("'tis", "T IH1 Z"),
            Map.entry("'cause", "K AH0 Z"));

    private static final Map<String, String> ENDINGS =
            Map.of("n't", "AH0 N T", "'ll", "AH0 L", "'re", "ER0", "'ve", "V", "'m", "M", "'d", "D");

    private static final Set<String> SIBILANTS = Set.of("S", "Z", "SH", "ZH", "CH", "JH");
    private static final Set<String> VOICELESS = Set.of("P", "T", "K", "F", "TH");

    @Override
    public List<String> phones(String word) {
        List<String> given = own.given(word);
        if (!given.isEmpty()) {
            return given;
        }
        String letters = plain(word);
        return letters.length() == 1 && Character.isUpperCase(letters.charAt(0))
                ? name(letters.charAt(0))
                : ofPlain(letters.toLowerCase(Locale.ROOT));
    }

    /** Letters a to z, apostrophes and hyphens: accents are taken off. */
    private static String plain(String word) {
        String open = word.replace("æ", "ae")
                .replace("œ", "oe")
                .replace("ø", "o")
                .replace("ß", "ss")
                .replace("ł", "l");
        return Normalizer.normalize(open, Normalizer.Form.NFD).replaceAll("[^A-Za-z'-]", "");
    }

    private List<String> ofPlain(String word) {
        if (word.contains("-")) {
            return Stream.of(word.split("-"))
                    .flatMap(part -> (part.length() == 1 ? names(part) : phones(part)).stream())
                    .toList();
        }
        String whole = CONTRACTIONS.getOrDefault(word, "");
        if (!whole.isEmpty()) {
            return split(whole);
        }
        List<String> known = word.isEmpty() ? List.of() : CmuLexicon.phones(word);
        return known.isEmpty() ? unknown(word) : known;
    }

    private List<String> unknown(String word) {
        int apostrophe = word.lastIndexOf('\'');
        if (word.endsWith("n't") && word.length() > 3) {
            return ended(word, 3);
        }
        if (apostrophe > 0 && (ENDINGS.containsKey(word.substring(apostrophe)) || word.endsWith("'s"))) {
            return ended(word, word.length() - apostrophe);
        }
        if (apostrophe >= 0) {
            return phones(word.replace("'", ""));
        }
        if (word.isEmpty()) {
            return List.of();
        }
        List<String> byLetters = CmuLexicon.byLetters(word);
        return byLetters.stream().anyMatch(Arpabet::isVowel) ? byLetters : names(word);
    }

    private List<String> ended(String word, int size) {
        String ending = word.substring(word.length() - size);
        List<String> phones = new ArrayList<>(phones(word.substring(0, word.length() - size)));
        phones.addAll(split(ending.equals("'s") ? possessive(phones) : ENDINGS.getOrDefault(ending, "")));
        return phones;
    }

    private static String possessive(List<String> phones) {
        String last = phones.isEmpty() ? "" : phones.get(phones.size() - 1);
        return SIBILANTS.contains(last) ? "AH0 Z" : VOICELESS.contains(last) ? "S" : "Z";
    }

    private static List<String> names(String letters) {
        return letters.chars()
                .mapToObj(letter -> name((char) letter))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> name(char letter) {
        return split(NAMES.getOrDefault(Character.toLowerCase(letter), ""));
    }

    private static List<String> split(String phones) {
        return phones.isEmpty() ? List.of() : List.of(phones.split(" "));
    }
}
