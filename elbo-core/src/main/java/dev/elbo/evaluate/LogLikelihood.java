package dev.elbo.evaluate;

import dev.elbo.data.Examples;
import dev.elbo.model.LatentVariableModel;
import java.util.List;
import java.util.function.DoubleConsumer;

/**
 * −log p(x) of held-out examples by importance sampling, −log 1/K Σₖ p(x, zₖ) / q(zₖ|x): an upper bound
 * in expectation, tight as K grows. Burda et al. (2016), section 5.
 *
 * @param nll the mean over examples, in nats
 * @param standardError of that mean over examples, in nats; infinite for a single example, which says nothing
 *     of how they differ
 * @param samples K
 * @param points the number of examples
 */
public record LogLikelihood(double nll, double standardError, int samples, long points) {
    /**
     * Estimates it on all examples, batched over examples and samples.
     *
     * @param samples K
     * @param progress told the fraction that is done
     * @throws IllegalArgumentException if K is not positive, or the model's posteriors are points, and have no density
     */
    public static LogLikelihood of(
            LatentVariableModel model, Examples examples, int samples, long seed, DoubleConsumer progress) {
        return Bounds.of(model, examples, samples, seed, progress)
                .likelihood()
                .orElseThrow(
                        () -> new IllegalArgumentException("log p(x) is estimated by posteriors with a density, and"
                                + " codes of this model are points; measure its distortion"));
    }

    /**
     * The mean over examples.
     *
     * @param logMeanWeights log 1/K Σₖ wₖ of each in nats, chunk by chunk
     */
    static LogLikelihood of(List<double[]> logMeanWeights, int samples) {
        Moments moments = new Moments();
        logMeanWeights.forEach(moments::add);
        return new LogLikelihood(-moments.mean, moments.standardError(), samples, moments.count);
    }

    /** Mean and variance, by Welford's recurrence. */
    private static final class Moments {
        private long count;
        private double mean;
        private double squares;

        void add(double... values) {
            for (double value : values) {
                count++;
                double distance = value - mean;
                mean += distance / count;
                squares += distance * (value - mean);
            }
        }

        double standardError() {
            return count < 2 ? Double.POSITIVE_INFINITY : Math.sqrt(squares / (count - 1) / count);
        }
    }
}
