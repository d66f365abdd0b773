package dev.elbo.pronunciation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A language: how it reads numbers, how its words sound, and which phones it has. */
enum Language {
    EN("English", "{HH AH0 L OW1}") {
        @Override
        List<Token> tokens(String text) {
            return EnglishGrammar.tokens(text);
        }

        @Override
        Words words(Lexicon lexicon) {
            return new EnglishWords(lexicon);
        }

        @Override
        Set<String> sounds() {
            return Arpabet.PHONES;
        }
    },

    ZH("Mandarin", "{ni3 hao3}") {
        @Override
        List<Token> tokens(String text) {
            return MandarinGrammar.tokens(text);
        }

        @Override
        Words words(Lexicon lexicon) {
            return new MandarinWords(lexicon);
        }

        @Override
        Set<String> sounds() {
            Set<String> sounds = Pinyin.phones();
            sounds.addAll(Arpabet.PHONES);
            return sounds;
        }

        @Override
        List<String> phones(String given) {
            return syllables(super.phones(given), inventory());
        }

        @Override
        void requireEntry(String word, List<String> given) {
            if (!MandarinGrammar.isChinese(word)) {
                super.requireEntry(word, given);
            }
            if (MandarinGrammar.isChinese(word)
                    && word.codePoints().anyMatch(c -> !MandarinGrammar.isChinese(Character.toString(c)))) {
                throw new IllegalArgumentException("a word is of Chinese characters alone, or of letters alone");
            }
            for (String syllable : MandarinGrammar.isChinese(word) ? given : List.<String>of()) {
                if (Pinyin.of(syllable).isEmpty()) {
                    throw new IllegalArgumentException(
                            "'" + syllable + "' is no syllable of pinyin; write those of a word as in hang2 zhang3");
                }
            }
        }
    },

    RU("Russian", "{п р и в е т}") {
        @Override
        List<Token> tokens(String text) {
            return RussianGrammar.tokens(text);
        }

        @Override
        Words words(Lexicon lexicon) {
            return new RussianWords(lexicon);
        }

        @Override
        Set<String> sounds() {
            return RussianWords.LETTERS;
        }
    },

    PINYIN("pinyin", "{ni3 hao3}") {
        @Override
        List<Token> tokens(String text) {
            return PinyinGrammar.tokens(text);
        }

        @Override
        Words words(Lexicon lexicon) {
            return new PinyinWords(lexicon);
        }

        @Override
        Set<String> sounds() {
            return Pinyin.phones();
        }

        @Override
        List<String> phones(String given) {
            return syllables(super.phones(given), inventory());
        }
    };

    private final String title;
    private final String example;

    Language(String title, String example) {
        this.title = title;
        this.example = example;
    }

    /** A text as this language reads it. */
    abstract List<Token> tokens(String text);

    /** How its words sound, those of a lexicon first. */
    abstract Words words(Lexicon lexicon);

    /** Its phones, without the pauses. */
    abstract Set<String> sounds();

    /** The phones that stand between braces. */
    List<String> phones(String given) {
        return Stream.of(given.split("\\s+")).filter(phone -> !phone.isEmpty()).toList();
    }

    /** Phones where there are phones, and the phones of syllables where there are syllables. */
    private static List<String> syllables(List<String> given, Set<String> phones) {
        return given.stream()
                .flatMap(part -> phones.contains(part) ? Stream.of(part) : syllable(part))
                .toList();
    }

    private static Stream<String> syllable(String part) {
        return Pinyin.of(part).map(known -> known.toPhones().stream()).orElseGet(() -> Stream.of(part));
    }

    /** Its phones, and the pauses. */
    Set<String> inventory() {
        Set<String> phones = new TreeSet<>(sounds());
        phones.add(Pronunciation.SILENCE);
        phones.add(Pronunciation.PAUSE);
        return phones;
    }

    /**
     * That phones are its own.
     *
     * @throws IllegalArgumentException if one is not
     */
    void require(List<String> phones, String where) {
        for (String phone : phones) {
            if (!inventory().contains(phone)) {
                throw new IllegalArgumentException(where + " have '" + phone + "', which is no phone of the language '"
                        + this + "'; write phones as in " + example + "; there are "
                        + String.join(" ", inventory()));
            }
        }
    }

    /**
     * That a word of a lexicon has phones of its own.
     *
     * @throws IllegalArgumentException if it has not
     */
    void requireEntry(String word, List<String> given) {
        require(phones(String.join(" ", given)), "its phones");
    }

    /** As people call it. */
    String title() {
        return title;
    }

    /** How phones are written between braces. */
    String example() {
        return example;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Language::toString).toList();
    }

    static Language of(String name) {
        return Arrays.stream(values())
                .filter(language -> language.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown language '" + name + "'; choose one of " + String.join(", ", names())));
    }
}
