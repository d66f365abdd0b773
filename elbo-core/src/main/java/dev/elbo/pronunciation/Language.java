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

    /** What stands between braces, as phones. */
    List<String> phones(String given) {
        return Stream.of(given.split("\\s+")).filter(phone -> !phone.isEmpty()).toList();
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
