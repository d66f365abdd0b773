package dev.elbo.cli;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When to say again how far something is, where what was said stays: every few seconds at first and every minute in the end,
 * so that a short wait is no silence and a long one no flood.
 */
final class Pace {
    private static final long SHORTEST = TimeUnit.SECONDS.toNanos(5);
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);
    private static final int PARTS = 10;

    private final LongSupplier clock;
    private final long began;
    private long last;

    /** @param clock in nanoseconds */
    Pace(LongSupplier clock) {
        this.clock = clock;
        this.began = clock.getAsLong();
        this.last = began;
    }

    /** Whether it is time; then the next is due later. */
    boolean isDue() {
        long now = clock.getAsLong();
        long wait = Math.min(LONGEST, Math.max(SHORTEST, (now - began) / PARTS));
        boolean due = now - last >= wait;
        last = due ? now : last;
        return due;
    }
}
