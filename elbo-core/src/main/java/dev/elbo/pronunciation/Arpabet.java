package dev.elbo.pronunciation;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The phones of English as the CMU Pronouncing Dictionary writes them: a vowel has a digit, 0 where it has no stress. */
final class Arpabet {
    private static final Set<String> VOWELS =
            Set.of("AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW");

    private static final Set<String> CONSONANTS = Set.of(
            "B", "CH", "D", "DH", "F", "G", "HH", "JH", "K", "L", "M", "N", "NG", "P", "R", "S", "SH", "T", "TH", "V",
            "W", "Y", "Z", "ZH");

    /** All of them: 24 consonants, and 15 vowels with three degrees of stress each. */
    static final Set<String> PHONES = Stream.concat(
                    CONSONANTS.stream(),
                    VOWELS.stream().flatMap(vowel -> Stream.of("0", "1", "2").map(stress -> vowel + stress)))
            .collect(Collectors.toUnmodifiableSet());

    private Arpabet() {}

    /** Phones of FreeTTS: in small letters, the schwa apart, and a digit where there is stress alone. */
    static List<String> of(String... freeTts) {
        return Stream.of(freeTts).map(Arpabet::of).toList();
    }

    private static String of(String freeTts) {
        String phone = freeTts.replace("ax", "ah").toUpperCase(Locale.ROOT);
        return VOWELS.contains(phone) ? phone + "0" : phone;
    }

    /** Whether a phone can carry a syllable. */
    static boolean isVowel(String phone) {
        return VOWELS.contains(phone.replaceFirst("\\d$", ""));
    }
}
