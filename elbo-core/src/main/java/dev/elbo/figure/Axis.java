package dev.elbo.figure;

import dev.elbo.option.Decimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * One direction of a plot.
 *
 * @param label what is measured, in which unit
 * @param min the value at its start
 * @param max the value at its end
 * @param logarithmic whether equal factors, rather than equal differences, have equal lengths
 * @param ticks the values that are written beside it
 */
public record Axis(String label, double min, double max, boolean logarithmic, List<Tick> ticks) {
    private static final int INTERVALS = 5;
    private static final double ROOM = 0.08;

    /** The least part of its values' size that an axis of measurements spans. */
    private static final double LEAST_SPAN = 0.05;

    /** A value and how it is written. */
    public record Tick(double value, String text) {}

    /** An axis on which equal differences have equal lengths. */
    public static Axis linear(String label, double min, double max) {
        return linear(label, min, max, 0);
    }

    /** The same for counts: between whole numbers there is nothing to write. */
    public static Axis whole(String label, double min, double max) {
        return linear(label, min, max, 1);
    }

    private static Axis linear(String label, double min, double max, double leastStep) {
        double end = max > min ? max : min + Math.max(1e-3, Math.abs(min) * 1e-3);
        double step = Math.max(leastStep, roundStep((end - min) / INTERVALS));
        List<Tick> ticks = LongStream.rangeClosed((long) Math.ceil(min / step), (long) Math.floor(end / step))
                .mapToObj(i -> new Tick(i * step, text(i * step, step)))
                .toList();
        return new Axis(label, min, end, false, ticks);
    }

    /**
     * An axis for what was measured between {@code low} and {@code high}, which does not make much of little: 20 active units
     * that become 19 are no fall. Counts begin at 0, and so does what falls by more than a third; anything else spans at least a
     * twentieth of its size.
     *
     * @param counts whether all values are whole numbers
     */
    public static Axis measured(String label, double low, double high, boolean counts) {
        double room = ROOM * (high - low);
        double size = Math.max(Math.abs(low), Math.abs(high));
        if (low >= 0 && (counts || 3 * low <= 2 * high)) {
            double top = high > 0 ? high + ROOM * high : 1;
            return counts ? whole(label, 0, top) : linear(label, 0, top);
        }
        double widening = Math.max(0, LEAST_SPAN * size - (high - low) - 2 * room) / 2;
        double from = low - room - widening;
        double to = high + room + widening;
        return counts ? whole(label, from, to) : linear(label, from, to);
    }

    /** An axis on which equal factors have equal lengths; both ends are positive. */
    public static Axis logarithmic(String label, double min, double max) {
        double end = max > min ? max : min * 10;
        List<Tick> ticks = powersOfTen(min, end);
        return new Axis(
                label,
                min,
                end,
                true,
                ticks.size() > 1 ? ticks : linear(label, min, end).ticks());
    }

    private static List<Tick> powersOfTen(double min, double end) {
        double[] digits = end / min > 100 ? new double[] {1} : new double[] {1, 2, 5};
        return IntStream.rangeClosed((int) Math.floor(Math.log10(min)), (int) Math.ceil(Math.log10(end)))
                .mapToDouble(exponent -> Math.pow(10, exponent))
                .flatMap(decade -> DoubleStream.of(digits).map(digit -> digit * decade))
                .filter(value -> value >= min && value <= end)
                .mapToObj(value -> new Tick(value, text(value, value)))
                .toList();
    }

    /** Where {@code value} lies: 0 at the start, 1 at the end. */
    public double position(double value) {
        return logarithmic
                ? (Math.log(value) - Math.log(min)) / (Math.log(max) - Math.log(min))
                : (value - min) / (max - min);
    }

    /** 1, 2 or 5 times a power of ten, whichever is nearest to {@code step} as a factor. */
    private static double roundStep(double step) {
        double decade = Math.pow(10, Math.floor(Math.log10(step)));
        double digit = step / decade;
        return decade * (digit < Math.sqrt(2) ? 1 : digit < Math.sqrt(10) ? 2 : digit < Math.sqrt(50) ? 5 : 10);
    }

    /**
     * A value with as many digits as it takes to tell it from one that is {@code step} away, and with an exponent where zeros
     * would fill the line.
     */
    static String text(double value, double step) {
        boolean plain = Math.abs(value) < 1e7 && step >= 1e-7;
        int decimals = (int) Math.max(0, -exponent(step));
        int digits = (int) Math.max(1, exponent(Math.abs(value)) - exponent(step));
        String text = plain
                ? String.format(Locale.ROOT, "%,." + decimals + "f", value)
                : String.format(Locale.ROOT, "%." + digits + "e", value);
        return Decimal.signed(text);
    }

    /** Of the power of ten at or below {@code value}; 0 of 0. */
    private static double exponent(double value) {
        return value == 0 ? 0 : Math.floor(Math.log10(value) + 1e-9);
    }
}
