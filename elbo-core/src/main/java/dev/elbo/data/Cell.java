package dev.elbo.data;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a cell of a table of text says. */
enum Cell {
    /** A number, written with a point. */
    NUMBER,
    /** True or false. */
    BOOLEAN,
    /** Nothing, as it is written where a value is not known. */
    MISSING,
    /** Anything else. */
    TEXT;

    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern INFINITE = Pattern.compile("[+-]?inf(inity)?");
    private static final Set<String> BOOLEANS = Set.of("true", "false");
    private static final Set<String> NOTHING = Set.of("", "na", "n/a", "nan", "null", "none", "?");

    /** The meaning of a text. */
    static Cell of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (DECIMAL.matcher(text).matches() || INFINITE.matcher(lower).matches()) {
            return NUMBER;
        }
        if (NOTHING.contains(lower)) {
            return MISSING;
        }
        return BOOLEANS.contains(lower) ? BOOLEAN : TEXT;
    }

    /** The number that a cell says: 1 for true and 0 for false; infinite where it is beyond a float. */
    static float number(String text) {
        if (DECIMAL.matcher(text).matches()) {
            return Float.parseFloat(text);
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> 1;
            case "false" -> 0;
            default -> text.startsWith("-") ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
        };
    }
}
