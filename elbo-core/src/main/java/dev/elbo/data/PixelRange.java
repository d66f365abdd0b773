package dev.elbo.data;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.HostArray;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which numbers are black and white: x becomes (x − black) / (white − black), by one rule for all arrays of a data set, and for all
 * others that a model of these is shown. Numbers beyond become black or white.
 *
 * @param black what becomes 0; not a number where that is to be found out
 * @param white what becomes 1; not a number where that is to be found out
 */
public record PixelRange(double black, double white) {
    /** Whatever the numbers of the arrays suggest. */
    public static final PixelRange AUTO = new PixelRange(Double.NaN, Double.NaN);

    static final PixelRange UNIT = new PixelRange(0, 1);

    private static final String AUTOMATIC = "auto";
    private static final Pattern FORM = Pattern.compile("([^:]{1,40}):([^:]{1,40})");

    /**
     * Validates.
     *
     * @throws IllegalArgumentException if white is not beyond black, or one of them is infinite
     */
    public PixelRange {
        black += 0.0; // no −0: a range is equal to what it is written as
        white += 0.0;
        boolean isAuto = Double.isNaN(black) && Double.isNaN(white);
        if (!isAuto && !(black < white && Double.isFinite(white - black))) {
            throw new IllegalArgumentException(
                    "white is a greater number than black; got black " + text(black) + " and white " + text(white));
        }
    }

    /**
     * Reads {@code 0:65535} (black and white), or {@code auto}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static PixelRange parse(String text) {
        if (text.equals(AUTOMATIC)) {
            return AUTO;
        }
        Matcher parts = FORM.matcher(text);
        try {
            if (parts.matches()) {
                return new PixelRange(Double.parseDouble(parts.group(1)), Double.parseDouble(parts.group(2)));
            }
        } catch (NumberFormatException fault) { // told below
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no range of pixels; write the numbers for black and white, as in 0:65535, or auto");
    }

    /** Whether it is known. */
    public boolean isChosen() {
        return !equals(AUTO);
    }

    /** Some pixels in 0 … 1, FLOAT32 [B, ...]. */
    HostArray brought(HostArray some) {
        if (equals(UNIT) && some.dtype() == DType.FLOAT32) {
            return some;
        }
        double[] values = some.toDoubles();
        float[] levels = new float[values.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (float) Math.min(1, Math.max(0, (values[i] - black) / (white - black)));
        }
        return HostArray.of(levels, some.shape().sizes());
    }

    /** As in "from -1 to 1". */
    String inWords() {
        return "from " + text(black) + " to " + text(white);
    }

    private static String text(double value) {
        return isWhole(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.6g", value);
    }

    private static boolean isWhole(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return isChosen() ? exact(black) + ":" + exact(white) : AUTOMATIC;
    }

    private static String exact(double value) {
        return isWhole(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
