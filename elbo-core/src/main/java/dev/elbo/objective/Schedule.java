package dev.elbo.objective;

import dev.elbo.option.Options;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A number that changes while a model is trained: β, a learning rate, a temperature. Time is counted
 * in epochs, so that a schedule means the same for every batch size. It is written as a call,
 * {@code linear(0, 1, 10)}, or as a number. Where a length is left out, {@code cosine(0.001, 0)}, it is
 * that of the whole training.
 */
public sealed interface Schedule {
    /** The length that is left open, until {@link #over} closes it. */
    double WHOLE = Double.POSITIVE_INFINITY;

    /** More epochs than any training has. */
    double FAR = 1e9;

    /** The value when {@code epoch} epochs, whole and part, have passed; of an open length, as if it had no end. */
    double at(double epoch);

    /** The same in a training of {@code training} epochs: an open length becomes that. */
    default Schedule over(double training) {
        return this;
    }

    /** The least value it takes; those that there are go from one end to the other. */
    default double least() {
        Schedule whole = over(1);
        return Math.min(whole.at(0), whole.at(FAR));
    }

    /** Always the same. */
    record Constant(double value) implements Schedule {
        @Override
        public double at(double epoch) {
            return value;
        }

        @Override
        public String toString() {
            return Options.number(value);
        }
    }

    /** In a straight line from one value to another, then constant: KL annealing of Bowman et al. (2016). */
    record Linear(double from, double to, double epochs) implements Schedule {
        /** Validates the length. */
        public Linear {
            requirePositive("linear", epochs);
        }

        @Override
        public double at(double epoch) {
            return from + (to - from) * Math.min(1, epoch / epochs);
        }

        @Override
        public Schedule over(double training) {
            return epochs == WHOLE ? new Linear(from, to, training) : this;
        }

        @Override
        public String toString() {
            return call("linear", from, to, epochs);
        }
    }

    /**
     * Cycles of {@code period} epochs, each a straight line during the first {@code ramp} of it and then
     * constant. Fu et al. (2019), eq. 6.
     */
    record Cyclical(double from, double to, double period, double ramp) implements Schedule {
        /** Validates the period, and the ramp as a fraction of it. */
        public Cyclical {
            requirePositive("cyclical", period);
            if (!(ramp > 0 && ramp <= 1)) {
                throw new IllegalArgumentException(
                        "cyclical's ramp is a fraction of its period, in (0, 1]; got " + ramp);
            }
        }

        @Override
        public double least() {
            return Math.min(from, to);
        }

        @Override
        public double at(double epoch) {
            double phase = epoch / period - Math.floor(epoch / period);
            return from + (to - from) * Math.min(1, phase / ramp);
        }

        @Override
        public String toString() {
            return call("cyclical", from, to, period, ramp);
        }
    }

    /** From one value to another along a sigmoid: half-way at half of {@code epochs}, within 0.7 % at its ends. */
    record Sigmoid(double from, double to, double epochs) implements Schedule {
        private static final double STEEPNESS = 10;

        /** Validates the length. */
        public Sigmoid {
            requirePositive("sigmoid", epochs);
        }

        @Override
        public double at(double epoch) {
            return from + (to - from) / (1 + Math.exp(-STEEPNESS * (epoch / epochs - 0.5)));
        }

        @Override
        public Schedule over(double training) {
            return epochs == WHOLE ? new Sigmoid(from, to, training) : this;
        }

        @Override
        public String toString() {
            return call("sigmoid", from, to, epochs);
        }
    }

    /** From one value to another along half a cosine, then constant. Loshchilov and Hutter (2017), eq. 5. */
    record Cosine(double from, double to, double epochs) implements Schedule {
        /** Validates the length. */
        public Cosine {
            requirePositive("cosine", epochs);
        }

        @Override
        public double at(double epoch) {
            return to + (from - to) * (1 + Math.cos(Math.PI * Math.min(1, epoch / epochs))) / 2;
        }

        @Override
        public Schedule over(double training) {
            return epochs == WHOLE ? new Cosine(from, to, training) : this;
        }

        @Override
        public String toString() {
            return call("cosine", from, to, epochs);
        }
    }

    /** A factor after every {@code epochs} epochs: value · factor^⌊epoch / epochs⌋. */
    record Decay(double from, double factor, double epochs) implements Schedule {
        /** Validates the length. */
        public Decay {
            requirePositive("decay", epochs);
        }

        @Override
        public double at(double epoch) {
            return from * Math.pow(factor, Math.floor(epoch / epochs));
        }

        @Override
        public String toString() {
            return call("decay", from, factor, epochs);
        }
    }

    /** One value for some epochs, then another. */
    record Jump(double from, double to, double epochs) implements Schedule {
        /** Validates the length. */
        public Jump {
            requirePositive("jump", epochs);
        }

        @Override
        public double at(double epoch) {
            return epoch < epochs ? from : to;
        }

        @Override
        public String toString() {
            return call("jump", from, to, epochs);
        }
    }

    /**
     * The learning rates of Burda et al. (2016), section 5: from · 10^(−i/7) during 3^i epochs, for i = 0
     * … 7; 3,280 epochs in all.
     */
    record Burda(double from) implements Schedule {
        private static final int STAGES = 8;

        @Override
        public double at(double epoch) {
            int stage = 0;
            double end = 1;
            while (stage < STAGES - 1 && epoch >= end) {
                stage++;
                end += Math.pow(3, stage);
            }
            return from * Math.pow(10, -stage / 7.0);
        }

        @Override
        public String toString() {
            return call("burda", from);
        }
    }

    /** Always {@code value}. */
    static Schedule constant(double value) {
        return new Constant(value);
    }

    /**
     * Reads a number, or one of {@code linear(from, to, epochs)}, {@code cyclical(from, to, period, ramp)},
     * {@code sigmoid(from, to, epochs)}, {@code cosine(from, to, epochs)}, {@code decay(from, factor,
     * epochs)}, {@code jump(from, to, epochs)} and {@code burda(from)}: what {@code toString} writes. The first, third and fourth need no
     * length.
     *
     * @throws IllegalArgumentException for anything else
     */
    static Schedule parse(String text) {
        Matcher call = Pattern.compile("\\s*([a-z]+)\\s*\\((.*)\\)\\s*").matcher(text);
        if (!call.matches()) {
            return constant(number(text, text));
        }
        List<Double> a = Arrays.stream(call.group(2).split(",", -1))
                .map(argument -> number(argument, text))
                .toList();
        return switch (call.group(1) + "/" + a.size()) {
            case "linear/2" -> new Linear(a.get(0), a.get(1), WHOLE);
            case "linear/3" -> new Linear(a.get(0), a.get(1), a.get(2));
            case "cyclical/4" -> new Cyclical(a.get(0), a.get(1), a.get(2), a.get(3));
            case "sigmoid/2" -> new Sigmoid(a.get(0), a.get(1), WHOLE);
            case "sigmoid/3" -> new Sigmoid(a.get(0), a.get(1), a.get(2));
            case "cosine/2" -> new Cosine(a.get(0), a.get(1), WHOLE);
            case "cosine/3" -> new Cosine(a.get(0), a.get(1), a.get(2));
            case "decay/3" -> new Decay(a.get(0), a.get(1), a.get(2));
            case "jump/3" -> new Jump(a.get(0), a.get(1), a.get(2));
            case "burda/1" -> new Burda(a.get(0));
            default -> throw unreadable(text);
        };
    }

    private static double number(String argument, String text) {
        try {
            double value = Double.parseDouble(argument.strip());
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw unreadable(text);
        }
        throw unreadable(text);
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException("'" + text + "' is no schedule; write a number, linear(from, to, epochs),"
                + " cyclical(from, to, period, ramp), sigmoid(from, to, epochs), cosine(from, to, epochs),"
                + " decay(from, factor, epochs), jump(from, to, epochs) or burda(from)");
    }

    private static void requirePositive(String schedule, double epochs) {
        if (!(epochs > 0)) {
            throw new IllegalArgumentException(schedule + "'s length in epochs must be positive; got " + epochs);
        }
    }

    private static String call(String name, double... arguments) {
        return Arrays.stream(arguments)
                .filter(argument -> argument != WHOLE)
                .mapToObj(Options::number)
                .collect(Collectors.joining(", ", name + "(", ")"));
    }
}
