package dev.elbo.pronunciation;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A syllable of Mandarin as Hanyu Pinyin writes it, in its parts. Finals are written in full, whatever the spelling leaves out: {@code
 * liu} is l + iou, {@code yuan} is van, where v is ü. The vowel behind z, c, s is {@code ii}, that behind zh, ch, sh, r is {@code iii}.
 *
 * @param initial the consonant it begins with, or ""
 * @param rime its final
 * @param isRetroflex whether it ends with the r of 儿
 * @param tone 1 to 4, or 5 for the neutral one
 */
record Pinyin(String initial, String rime, boolean isRetroflex, int tone) {
    /** The sound of 儿 at the end of a syllable. */
    static final String RETROFLEX = "rr";

    private static final String TONE = "tone";
    private static final Set<String> INITIALS = Set.of(
            "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "zh", "ch", "sh", "r", "z", "c", "s");

    private static final Set<String> RIMES = Set.of(
            "a", "o", "e", "ai", "ei", "ao", "ou", "an", "en", "ang", "eng", "ong", "er", "ii", "iii", "i", "ia", "io",
            "ie", "iao", "iou", "ian", "in", "iang", "ing", "iong", "u", "ua", "uo", "uai", "uei", "uan", "uen", "uang",
            "ueng", "v", "ve", "van", "vn");

    private static final Map<String, String> SHORT = Map.of("iu", "iou", "ui", "uei", "un", "uen", "ue", "ve");

    /** Syllables without a vowel: 嗯, 呣, 哼. */
    private static final Map<String, String> HUMMED =
            Map.of("n", "en", "ng", "eng", "hng", "heng", "m", "men", "hm", "hen");

    private static final Pattern SYLLABLE = Pattern.compile("(zh|ch|sh|[bpmfdtnlgkhjqxrzcs])?([aeiouv][a-z]*)");
    private static final Pattern TONED = Pattern.compile("([a-z]+)([0-5]?)");
    private static final String MARKS = "\u0304\u0301\u030c\u0300"; // of the tones 1 to 4

    /** All phones of Mandarin. */
    static Set<String> phones() {
        Set<String> phones = new TreeSet<>(INITIALS);
        phones.addAll(RIMES);
        phones.add(RETROFLEX);
        IntStream.rangeClosed(1, 5).forEach(tone -> phones.add(TONE + tone));
        return phones;
    }

    /** The syllable of "lü4", "lv4", "lu:4" or "lǜ"; none of what is no syllable. Without a tone it is neutral. */
    static Optional<Pinyin> of(String written) {
        String open = Normalizer.normalize(written.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
                .replaceAll("u([\u0304\u0301\u030c\u0300]?)\u0308([\u0304\u0301\u030c\u0300]?)", "v$1$2")
                .replace("u:", "v")
                .replace("\u0302", "");
        int mark = IntStream.range(0, MARKS.length())
                .filter(tone -> open.indexOf(MARKS.charAt(tone)) >= 0)
                .findFirst()
                .orElse(4);
        Matcher toned = TONED.matcher(open.replaceAll("[" + MARKS + "]", ""));
        if (!toned.matches()) {
            return Optional.empty();
        }
        String digit = toned.group(2);
        return of(toned.group(1), digit.isEmpty() ? mark + 1 : digit.equals("0") ? 5 : Integer.parseInt(digit));
    }

    private static Optional<Pinyin> of(String letters, int tone) {
        if (letters.equals("r")) {
            return Optional.empty(); // a half of a syllable
        }
        boolean isRetroflex = letters.endsWith("r") && !letters.equals("er");
        String bare = isRetroflex ? letters.substring(0, letters.length() - 1) : letters;
        Matcher parts = SYLLABLE.matcher(full(HUMMED.getOrDefault(bare, bare)));
        if (!parts.matches()) {
            return Optional.empty();
        }
        String initial = parts.group(1) == null ? "" : parts.group(1);
        String rime = rime(initial, parts.group(2));
        return RIMES.contains(rime) ? Optional.of(new Pinyin(initial, rime, isRetroflex, tone)) : Optional.empty();
    }

    /** Without the letters y and w, which stand at the beginning of a syllable that has no consonant. */
    private static String full(String letters) {
        if (letters.startsWith("yu")) {
            return "v" + letters.substring(2);
        }
        if (letters.startsWith("y")) {
            String rest = letters.substring(1);
            return rest.startsWith("i") ? rest : "i" + rest;
        }
        if (letters.startsWith("w")) {
            String rest = letters.substring(1);
            return rest.startsWith("u") ? rest : "u" + rest;
        }
        return letters;
    }

    private static String rime(String initial, String written) {
        if (written.equals("i")) {
            return Set.of("z", "c", "s").contains(initial)
                    ? "ii"
                    : Set.of("zh", "ch", "sh", "r").contains(initial) ? "iii" : written;
        }
        boolean isPalatal = Set.of("j", "q", "x").contains(initial) && written.startsWith("u");
        return isPalatal ? "v" + written.substring(1) : SHORT.getOrDefault(written, written);
    }

    /** The same in another tone. */
    Pinyin tone(int other) {
        return new Pinyin(initial, rime, isRetroflex, other);
    }

    /** The same with the r of 儿 at its end. */
    Pinyin retroflex() {
        return new Pinyin(initial, rime, true, tone);
    }

    /** Its phones: the consonant if there is one, the final, the r if there is one, then the tone. */
    List<String> toPhones() {
        return Stream.of(initial, rime, isRetroflex ? RETROFLEX : "", TONE + tone)
                .filter(phone -> !phone.isEmpty())
                .toList();
    }
}
