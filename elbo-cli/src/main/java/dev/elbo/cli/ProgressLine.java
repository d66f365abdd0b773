package dev.elbo.cli;

import dev.elbo.option.Decimal;
import dev.elbo.train.TrainingEvent.Progressed;
import dev.elbo.train.TrainingEvent.Started;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How far a training is, in one line of any width: epoch, bar, bound and its parts in nats, speed, time left.
 *
 * @param started how it began
 * @param at where it is
 */
record ProgressLine(Started started, Progressed at) {
    private static final int WIDE = 110;
    private static final int SHORTEST_BAR = 4;

    /** The line, at most {@code width} columns wide. */
    String text(int width) {
        String left = (width < WIDE ? "" : "epoch ") + epochs() + " ";
        String right = " " + (width < WIDE ? narrow() : wide()) + " · " + timeLeft() + " left";
        int room = width - left.length() - right.length();
        String line = left + (room < SHORTEST_BAR ? percent() : bar(room)) + right;
        return line.length() <= width ? line : line.substring(0, Math.max(0, width));
    }

    /** Where it stays, among others: without a bar. */
    String line() {
        return "epoch " + epochs() + ", " + percent() + " · " + wide() + " · " + timeLeft() + " left";
    }

    private String epochs() {
        return String.format(Locale.ROOT, "%.1f/%s", at.epoch(), Quantity.plain(epochsInAll()));
    }

    private double epochsInAll() {
        return (double) started.steps() / started.stepsPerEpoch();
    }

    private String wide() {
        if (!hasBound()) {
            return terms(3) + String.format(Locale.ROOT, " · %,.0f samples/s", at.samplesPerSecond());
        }
        return String.format(
                Locale.ROOT,
                "−ELBO %s nats = distortion %s + rate %s · %,.0f samples/s",
                term("negElbo", 2),
                term("distortion", 2),
                term("rate", 2),
                at.samplesPerSecond());
    }

    private String narrow() {
        if (!hasBound()) {
            return terms(1) + " · " + Quantity.rough(at.samplesPerSecond()) + "/s";
        }
        return String.format(
                Locale.ROOT,
                "%s nats = %s dist + %s rate · %s/s",
                term("negElbo", 1),
                term("distortion", 1),
                term("rate", 1),
                Quantity.rough(at.samplesPerSecond()));
    }

    /** Whether the present stage learns from a bound. */
    private boolean hasBound() {
        return at.terms().containsKey("negElbo");
    }

    /** The first terms by name, as in {@code distortion 56.02}. */
    private String terms(int most) {
        return at.terms().entrySet().stream()
                .limit(most)
                .map(term -> term.getKey() + " " + Decimal.of(term.getValue(), 2))
                .collect(Collectors.joining(" · "));
    }

    private String term(String name, int decimals) {
        return Decimal.of(at.terms().getOrDefault(name, Double.NaN), decimals);
    }

    private double fraction() {
        return (double) at.step() / started.steps();
    }

    private String percent() {
        return String.format(Locale.ROOT, "%.0f %%", 100 * fraction());
    }

    private String bar(int width) {
        int full = (int) Math.round(width * fraction());
        return "━".repeat(full) + "─".repeat(width - full);
    }

    /** As long as the steps of this training took, evaluations included. */
    private String timeLeft() {
        double secondsPerStep = (at.seconds() - started.seconds()) / Math.max(1, at.step() - started.step());
        return Quantity.time(secondsPerStep * (started.steps() - at.step()));
    }
}
