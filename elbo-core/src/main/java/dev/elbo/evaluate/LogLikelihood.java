package dev.elbo.evaluate;

import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.model.Draw;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
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
    /** Samples of each example in flight: enough to fill the processor, few enough for its cache. */
    private static final int MOST = 20;

    /**
     * Estimates it on all examples, batched over examples and samples.
     *
     * @param samples K
     * @param progress told the fraction that is done
     * @throws IllegalArgumentException if K is not positive
     */
    public static LogLikelihood of(
            LatentVariableModel model, Examples examples, int samples, long seed, DoubleConsumer progress) {
        if (samples < 1) {
            throw new IllegalArgumentException("importance sampling needs a sample; got " + samples);
        }
        AtomicLong done = new AtomicLong();
        Chunks chunks = Chunks.of(model, examples, seed);
        int group = chunks.samples(MOST);
        List<double[]> values = chunks.map((batch, rng) -> {
            double[] logWeights =
                    logMeanWeight(model, batch, samples, group, rng).toHost().toDoubles();
            synchronized (done) {
                progress.accept((double) done.addAndGet(logWeights.length) / examples.size());
            }
            return logWeights;
        });
        Moments moments = new Moments();
        values.forEach(moments::add);
        return new LogLikelihood(-moments.mean, moments.standardError(), samples, moments.count);
    }

    /** log 1/K Σₖ wₖ in nats, [B], by a running sum over groups of samples. */
    private static Tensor logMeanWeight(LatentVariableModel model, Batch batch, int samples, int group, Rng rng) {
        int first = Math.min(samples, group);
        Draw draw = model.draw(batch, first, Pass.evaluation(rng));
        if (draw.isCertain()) {
            return draw.logEvidence();
        }
        Tensor total = draw.logEvidence().plus(Math.log(first));
        for (int done = group; done < samples; done += group) {
            try (Scope scope = Scope.open("samples")) {
                total.assign(total.logAddExp(logSumWeights(model, batch, Math.min(group, samples - done), rng)));
            }
        }
        return total.minus(Math.log(samples));
    }

    /** log Σₖ wₖ in nats, [B]. */
    private static Tensor logSumWeights(LatentVariableModel model, Batch batch, int samples, Rng rng) {
        Tensor evidence = model.draw(batch, samples, Pass.evaluation(rng)).logEvidence();
        return evidence.plus(Math.log(samples));
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
