package dev.elbo.distribution;

/** The values that a vector may have: a prior and a posterior must agree on them. */
public enum Support {
    /** All of ℝᴰ. */
    REAL("real numbers"),
    /** (0, ∞) in each dimension. */
    POSITIVE("positive numbers"),
    /** (0, 1) in each dimension. */
    UNIT_INTERVAL("numbers between 0 and 1"),
    /** D positive numbers that are 1 together. */
    SIMPLEX("shares of a whole"),
    /** Vectors of length 1. */
    SPHERE("points of a sphere"),
    /** Vectors shorter than 1, whose distances grow towards the border without end. */
    BALL("points of the Poincaré ball"),
    /** A vector of as many zeros as there are other classes, and a one, for each of several choices. */
    ONE_HOT("choices among classes");

    private final String values;

    Support(String values) {
        this.values = values;
    }

    /** Whether each number may be any of its kind, whatever the others are. */
    public boolean isOfFreeNumbers() {
        return this == REAL || this == POSITIVE || this == UNIT_INTERVAL;
    }

    /** The values, as a message names them. */
    @Override
    public String toString() {
        return values;
    }
}
