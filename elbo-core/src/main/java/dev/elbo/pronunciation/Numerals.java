package dev.elbo.pronunciation;

import com.ibm.icu.text.RuleBasedNumberFormat;
import com.ibm.icu.util.ULocale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Numbers in the words of a language, by the rules of Unicode's CLDR. Digits come as text, so that none is too many. */
final class Numerals {
    private static final int MOST_DIGITS = 18; // of a long

    private final String locale;
    private final String cardinal;
    private final String between;
    private @Nullable RuleBasedNumberFormat format;

    /**
     * Numbers of a language.
     *
     * @param locale the language
     * @param cardinal the set of rules for how many, as CLDR calls it
     * @param between what stands between digits that are said one by one
     */
    Numerals(String locale, String cardinal, String between) {
        this.locale = locale;
        this.cardinal = cardinal;
        this.between = between;
    }

    /** How many: "twenty one" of 21. More than 18 digits are said one by one. */
    String cardinal(String digits) {
        return said(digits, cardinal);
    }

    /** By a set of rules, as CLDR calls it. */
    synchronized String said(String digits, String rules) {
        return digits.length() > MOST_DIGITS
                ? digits(digits)
                : opened().format(Long.parseLong(digits), rules)
                        .replace('-', ' ')
                        .replace("\u00ad", "");
    }

    /** The rules, which are read when the first number comes: it takes a quarter of a second. */
    private synchronized RuleBasedNumberFormat opened() {
        if (format == null) {
            format = new RuleBasedNumberFormat(new ULocale(locale), RuleBasedNumberFormat.SPELLOUT);
        }
        return format;
    }

    /** One by one: "one nine eight" of 198. */
    String digits(String digits) {
        return digits.chars()
                .mapToObj(digit -> cardinal(Character.toString(digit)))
                .collect(Collectors.joining(between));
    }
}
