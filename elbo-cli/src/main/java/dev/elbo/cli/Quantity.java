package dev.elbo.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them. */
final class Quantity {
    private static final int KILO = 1000;

    private Quantity() {}

    /** Without digits that say nothing: 30, 1.5, 0.25. */
    static String plain(double value) {
        if (value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        BigDecimal rounded =
                Math.abs(value) < 0.1 ? exact.round(new MathContext(2)) : exact.setScale(2, RoundingMode.HALF_EVEN);
        return rounded.stripTrailingZeros().toPlainString();
    }

    /** As in 1 epoch, 1.5 epochs. */
    static String epochs(double number) {
        return plain(number) + (number == 1 ? " epoch" : " epochs");
    }

    /** In three digits or so: 950, 9.5k, 31k, 1.2M. */
    static String rough(double value) {
        if (value < KILO) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return value < KILO * KILO ? rough(value / KILO, "k") : rough(value / KILO / KILO, "M");
    }

    private static String rough(double value, String unit) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f%s" : "%.0f%s", value, unit);
    }

    /** Seconds as 0:42, 12:05 or 1:02:03. */
    static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }

    /** As in 1 image, 60,000 images. */
    static String of(long number, String one) {
        return count(number) + " " + one + (number == 1 ? "" : "s");
    }

    /** With separators between thousands: 60,000. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
