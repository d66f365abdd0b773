package dev.elbo.data;

import java.util.Locale;

/**
 * The colour that transparent pictures are laid on.
 *
 * @param red level, 0 to 255
 * @param green level, 0 to 255
 * @param blue level, 0 to 255
 */
public record Ground(int red, int green, int blue) {
    /** As on paper. */
    public static final Ground WHITE = new Ground(255, 255, 255);

    private static final Ground BLACK = new Ground(0, 0, 0);
    private static final int HEXADECIMAL = 16;

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if a level is not from 0 to 255
     */
    public Ground {
        if (Math.min(red, Math.min(green, blue)) < 0 || Math.max(red, Math.max(green, blue)) > 255) {
            throw new IllegalArgumentException(
                    "levels of a colour are from 0 to 255; got " + red + ", " + green + ", " + blue);
        }
    }

    /**
     * Reads {@code white}, {@code black} or {@code #ff8000}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static Ground parse(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        if (name.equals("white")) {
            return WHITE;
        }
        if (name.equals("black")) {
            return BLACK;
        }
        if (!name.matches("#[0-9a-f]{6}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no ground; write white, black, or a colour as #ff8000");
        }
        int colour = Integer.parseInt(name.substring(1), HEXADECIMAL);
        return new Ground(colour >> 16, colour >> 8 & 0xff, colour & 0xff);
    }

    boolean isGrey() {
        return red == green && green == blue;
    }

    /** A colour of some opacity on this ground; all levels from 0 to 255, in the order blue, green, red, alpha from the lowest. */
    int under(int colour) {
        int alpha = colour >>> 24;
        return blend(colour >> 16 & 0xff, red, alpha) << 16
                | blend(colour >> 8 & 0xff, green, alpha) << 8
                | blend(colour & 0xff, blue, alpha);
    }

    private static int blend(int level, int ground, int alpha) {
        return (level * alpha + ground * (255 - alpha) + 127) / 255;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        if (equals(WHITE)) {
            return "white";
        }
        return equals(BLACK) ? "black" : String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
    }
}
