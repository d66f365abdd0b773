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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleConsumer;

/**
 * Both bounds of −log p(x), measured on the same draws of the pixels and of the latents. Measured apart, with one latent of
 * each for −ELBO, the tighter one comes out above the other where examples are few.
 *
 * @param elbo whose expectations are means over the K latents
 * @param likelihood by importance sampling with the same K; empty for a model whose posteriors are points among real numbers,
 *     which has neither
 */
public record Bounds(BoundEstimate elbo, Optional<LogLikelihood> likelihood) {
    /** Samples of each example in flight: enough to fill the processor, few enough for its cache. */
    private static final int MOST = 20;

    /** The share of a chunk of examples. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares parts
    private record Part(BoundEstimate.Sums sums, double[] logMeanWeights) {}

    /**
     * Estimates them on all examples, batched over examples and samples.
     *
     * @param samples K
     * @param progress told the fraction that is done
     * @throws IllegalArgumentException if K is not positive
     */
    public static Bounds of(
            LatentVariableModel model, Examples examples, int samples, long seed, DoubleConsumer progress) {
        if (samples < 1) {
            throw new IllegalArgumentException("importance sampling needs a sample; got " + samples);
        }
        AtomicLong done = new AtomicLong();
        Chunks chunks = Chunks.of(model, examples, seed);
        int group = chunks.samples(MOST);
        List<Part> parts = chunks.map((batch, rng) -> {
            Part part = part(model, batch, samples, group, rng);
            synchronized (done) {
                progress.accept((double) done.addAndGet(part.logMeanWeights.length) / examples.size());
            }
            return part;
        });
        BoundEstimate.Sums sums = new BoundEstimate.Sums();
        parts.forEach(part -> sums.add(part.sums, 1));
        BoundEstimate elbo = sums.over(examples.size());
        return new Bounds(
                elbo,
                elbo.isBound()
                        ? Optional.of(LogLikelihood.of(
                                parts.stream().map(Part::logMeanWeights).toList(), samples))
                        : Optional.empty());
    }

    /** With log 1/K Σₖ wₖ of each example in nats, [B], by a running sum over groups of samples. */
    private static Part part(LatentVariableModel model, Batch batch, int samples, int group, Rng rng) {
        BoundEstimate.Sums sums = new BoundEstimate.Sums();
        int first = Math.min(samples, group);
        Draw draw = model.draw(batch, first, Pass.evaluation(rng));
        boolean isCertain = draw.isCertain();
        sums.add(BoundEstimate.Sums.of(draw), isCertain ? 1 : (double) first / samples);
        Tensor total = draw.logEvidence().plus(Math.log(first)); // [B]
        for (int done = group; done < samples && !isCertain; done += group) {
            int more = Math.min(group, samples - done);
            try (Scope scope = Scope.open("samples")) {
                Draw next = model.draw(batch, more, Pass.evaluation(rng));
                sums.add(BoundEstimate.Sums.of(next), (double) more / samples);
                total.assign(total.logAddExp(next.logEvidence().plus(Math.log(more))));
            }
        }
        Tensor logMeanWeights = total.minus(Math.log(isCertain ? first : samples));
        return new Part(sums, logMeanWeights.toHost().toDoubles());
    }
}
