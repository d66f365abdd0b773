package dev.elbo.option;

import java.util.Locale;

/** Figures as people read them, on a screen and in a report: with one sign for what is below zero, that of −ELBO. */
public final class Decimal {
    private Decimal() {}

    /** With so many decimals, as in −12.30; what rounds to zero has no sign. */
    public static String of(double value, int decimals) {
        return signed(String.format(Locale.ROOT, "%." + decimals + "f", value));
    }

    /** A number that was written with a hyphen. */
    public static String signed(String number) {
        boolean isZero = number.matches("-[0.]+");
        return isZero ? number.substring(1) : number.replace('-', '\u2212');
    }
}
