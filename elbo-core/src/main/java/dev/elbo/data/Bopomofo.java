package dev.elbo.data;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Mandarin syllables from Bopomofo to Hanyu pinyin (ISO 7098). */
final class Bopomofo {
    private static final Map<String, String> SOUNDS = new HashMap<>();

    /** How a syllable without an initial is written where it begins with i, u or ü. */
    private static final Map<String, String> ALONE = new HashMap<>();

    static {
        put(SOUNDS, "ㄅ b ㄆ p ㄇ m ㄈ f ㄉ d ㄊ t ㄋ n ㄌ l ㄍ g ㄎ k ㄏ h ㄐ j ㄑ q ㄒ x ㄓ zh ㄔ ch ㄕ sh ㄖ r ㄗ z ㄘ c ㄙ s");
        put(SOUNDS, "ㄚ a ㄛ o ㄜ e ㄝ ê ㄞ ai ㄟ ei ㄠ ao ㄡ ou ㄢ an ㄣ en ㄤ ang ㄥ eng ㄦ er ㄧ i ㄨ u ㄩ ü");
        put(SOUNDS, "ㄧㄚ ia ㄧㄛ io ㄧㄝ ie ㄧㄞ iai ㄧㄠ iao ㄧㄡ iu ㄧㄢ ian ㄧㄣ in ㄧㄤ iang ㄧㄥ ing");
        put(SOUNDS, "ㄨㄚ ua ㄨㄛ uo ㄨㄞ uai ㄨㄟ ui ㄨㄢ uan ㄨㄣ un ㄨㄤ uang ㄨㄥ ong ㄩㄝ üe ㄩㄢ üan ㄩㄣ ün ㄩㄥ iong");
        put(ALONE, "ㄧ yi ㄧㄚ ya ㄧㄛ yo ㄧㄝ ye ㄧㄞ yai ㄧㄠ yao ㄧㄡ you ㄧㄢ yan ㄧㄣ yin ㄧㄤ yang ㄧㄥ ying");
        put(ALONE, "ㄨ wu ㄨㄚ wa ㄨㄛ wo ㄨㄞ wai ㄨㄟ wei ㄨㄢ wan ㄨㄣ wen ㄨㄤ wang ㄨㄥ weng");
        put(ALONE, "ㄩ yu ㄩㄝ yue ㄩㄢ yuan ㄩㄣ yun ㄩㄥ yong");
    }

    private Bopomofo() {}

    private static void put(Map<String, String> map, String pairs) {
        String[] words = pairs.split(" ", -1);
        for (int i = 0; i < words.length; i += 2) {
            map.put(words[i], words[i + 1]);
        }
    }

    /**
     * A syllable in pinyin, with the number of its tone, 5 for the neutral one: "ㄓㄨㄥ" is "zhong1", and "ㄌㄜ1" is "le5".
     *
     * @param syllable in Bopomofo; behind it the tone, 2 to 4; 1 for the neutral one, and nothing for the first
     * @throws IllegalArgumentException if it is none
     */
    static String pinyin(String syllable) {
        String tone = syllable.replaceFirst("[^1-4]+", "");
        String sounds = syllable.replaceFirst("[1-4]$", "");
        if (sounds.isEmpty() || !sounds.chars().allMatch(sound -> SOUNDS.containsKey(Character.toString(sound)))) {
            throw new IllegalArgumentException("'" + syllable + "' is no syllable in Bopomofo");
        }
        return letters(sounds) + (tone.isEmpty() ? "1" : tone.equals("1") ? "5" : tone);
    }

    private static String letters(String sounds) {
        String alone = ALONE.get(sounds);
        if (alone != null) {
            return alone;
        }
        String first = Objects.requireNonNull(SOUNDS.get(sounds.substring(0, 1)));
        if (sounds.length() == 1) { // an initial has a vowel to be heard with
            return first + (first.matches("zh|ch|sh|[rzcsjqx]") ? "i" : first.matches("[bpmfdtnlgkh]") ? "e" : "");
        }
        String rest = sounds.substring(1);
        String last = SOUNDS.get(rest);
        if (last == null) {
            throw new IllegalArgumentException("'" + sounds + "' is no syllable in Bopomofo");
        }
        return first + (first.matches("[jqx]") ? last.replace('ü', 'u') : last);
    }
}
