package dev.elbo.cli;

import java.util.Locale;

/**
 * The values that an option takes.
 *
 * @param option as it is written, {@code --count}
 * @param least its smallest value
 * @param most its largest
 */
record Range(String option, long least, long most) {

    /**
     * The value.
     *
     * @throws IllegalArgumentException if it is not in the range
     */
    int require(int value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s is from %,d to %,d; got %,d", option, least, most, value));
        }
        return value;
    }

    /**
     * The value, which need not be whole.
     *
     * @throws IllegalArgumentException if it is not in the range, or not a number
     */
    double require(double value) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(option + " is from " + least + " to " + most + "; got " + value);
        }
        return value;
    }
}
