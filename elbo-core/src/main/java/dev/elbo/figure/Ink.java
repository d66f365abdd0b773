package dev.elbo.figure;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The palette of every figure: each colour on white paper, and on a dark screen. */
public enum Ink {
    PAPER(0xffffff, 0x161a20),
    TEXT(0x1c2430, 0xe8ebf0),
    MUTED(0x66707e, 0x98a2b1),
    GRID(0xe7eaee, 0x2b323c),
    BLUE(0x3558d6, 0x8aa2ff),
    ORANGE(0xe8590c, 0xff9a5c),
    GREEN(0x2b8a3e, 0x69c97b),
    CRIMSON(0xc2255c, 0xf783ac),
    PURPLE(0x7443c4, 0xb79af5),
    CYAN(0x0b8aa0, 0x4cc9dd),
    YELLOW(0xdca300, 0xf5cf56),
    BROWN(0x8a5a3c, 0xcfa284),
    PINK(0xf06cb0, 0xffa8d6),
    SLATE(0x6b7684, 0xa9b4c2),
    /** What is not a number. */
    NAN(0xff00c8, 0xff00c8);

    private static final List<Ink> SERIES =
            List.of(BLUE, ORANGE, GREEN, CRIMSON, PURPLE, CYAN, YELLOW, BROWN, PINK, SLATE);

    /** How many colours there are before they come again. */
    static final int SERIES_LENGTH = SERIES.size();

    private final int light;
    private final int dark;

    Ink(int light, int dark) {
        this.light = light;
        this.dark = dark;
    }

    /** The colour of the i-th series or class; after ten they come again. */
    public static Ink of(int i) {
        return SERIES.get(i % SERIES.size());
    }

    /** The colour on white. */
    public int rgb() {
        return light;
    }

    /** The colour on white. */
    Color color(double opacity) {
        return new Color(light >> 16, light >> 8 & 0xff, light & 0xff, (int) Math.round(255 * opacity));
    }

    /** The colour as a CSS value, which follows the reader's light or dark screen. */
    String css() {
        return "var(--" + name().toLowerCase(Locale.ROOT) + ")";
    }

    /** The declarations behind {@link #css()} for white paper. */
    static String lightStyle() {
        return declarations(ink -> ink.light);
    }

    /** The declarations behind {@link #css()} for a dark screen. */
    static String darkStyle() {
        return declarations(ink -> ink.dark);
    }

    private static String declarations(Function<Ink, Integer> rgb) {
        return Arrays.stream(values())
                .map(ink -> String.format("--%s: #%06x;", ink.name().toLowerCase(Locale.ROOT), rgb.apply(ink)))
                .collect(Collectors.joining(" "));
    }
}
