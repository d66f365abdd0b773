package dev.elbo.cli;

/** What is asked of a fit of latents. */
final class Fitting {
    private Fitting() {}

    /**
     * Refuses what is no learning rate.
     *
     * @throws IllegalArgumentException if it is not above 0, or above 10
     */
    static void requireRate(double rate) {
        if (!(rate > 0 && rate <= 10)) {
            throw new IllegalArgumentException("--rate is above 0 and at most 10; got " + rate);
        }
    }
}
