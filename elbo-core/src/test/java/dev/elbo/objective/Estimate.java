package dev.elbo.objective;

import java.util.Arrays;

/**
 * A mean of independent figures.
 *
 * @param mean their mean
 * @param standardError of that mean
 */
public record Estimate(double mean, double standardError) {

    /** That of these figures. */
    public static Estimate of(double... figures) {
        double mean = Arrays.stream(figures).average().orElseThrow();
        double squares = Arrays.stream(figures)
                .map(figure -> (figure - mean) * (figure - mean))
                .sum();
        return new Estimate(mean, Math.sqrt(squares / (figures.length - 1) / figures.length));
    }

    /** How far the mean may be off, 4 standard errors: a right estimate fails once in 16,000 times. */
    public double margin() {
        return 4 * standardError;
    }
}
