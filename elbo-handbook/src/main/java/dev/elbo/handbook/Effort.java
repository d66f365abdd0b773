package dev.elbo.handbook;

/** How much an experiment computes. */
public enum Effort {
    /** What the pages show. */
    FULL,

    /** Just enough to see that all of it runs, on a few examples that are made on the spot. */
    SMALL;

    /** A number of steps, samples or examples: {@code full} for the pages, {@code small} to try. */
    public int of(int full, int small) {
        return this == FULL ? full : small;
    }
}
