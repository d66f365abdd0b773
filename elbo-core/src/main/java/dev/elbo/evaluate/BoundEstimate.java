package dev.elbo.evaluate;

import dev.elbo.data.Examples;
import dev.elbo.model.Draw;
import dev.elbo.model.Latent;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The evidence lower bound on held-out examples and what it is made of, in nats per example. {@link Bounds} measures it on the
 * samples that give the likelihood too.
 *
 * @param distortions E_q[−log p(x|z)] by field
 * @param latents what each latent tells, from the top of the model down
 * @param points the number of examples
 */
public record BoundEstimate(Map<String, Double> distortions, List<LatentEstimate> latents, long points) {
    private static final double ACTIVE = 0.01;

    /** Copies. */
    public BoundEstimate {
        distortions = new LinkedHashMap<>(distortions);
        latents = List.copyOf(latents);
    }

    /** Whether there is a bound: every latent has a rate. */
    public boolean isBound() {
        return !Double.isNaN(rate());
    }

    /** What models of one kind are compared by, less is better: −ELBO, or the distortion if there is no bound. */
    public double score() {
        return isBound() ? negElbo() : distortion();
    }

    /** Distortion + rate: an upper bound of −log p(x); NaN if there is none. */
    public double negElbo() {
        return distortion() + rate();
    }

    /** E_q[−log p(x|z)], all fields together. */
    public double distortion() {
        return distortions.values().stream().mapToDouble(nats -> nats).sum();
    }

    /** KL(q(z|x) ‖ p(z)), all latents together; NaN if there is none. */
    public double rate() {
        return latents.stream().mapToDouble(LatentEstimate::rate).sum();
    }

    /** The rate of each dimension of each latent, one latent after the other; those that do not factorise are left out. */
    public List<Double> ratePerDimension() {
        return latents.stream()
                .flatMap(latent -> latent.ratePerDimension().stream())
                .toList();
    }

    /** The active units of all latents. */
    public int activeUnits() {
        return latents.stream().mapToInt(LatentEstimate::activeUnits).sum();
    }

    /** Estimates it on all examples, with one sample of the posterior for each. */
    public static BoundEstimate of(LatentVariableModel model, Examples examples, long seed) {
        Sums sums = new Sums();
        Chunks.of(model, examples, seed)
                .map((batch, rng) -> Sums.of(model.draw(batch, 1, Pass.evaluation(rng))))
                .forEach(part -> sums.add(part, 1));
        return sums.over(examples.size());
    }

    /** Sums over examples, in double precision. */
    static final class Sums {
        private final Map<String, Double> distortions = new LinkedHashMap<>();
        private final Map<String, LatentSums> latents = new LinkedHashMap<>();

        /** Expectations over the samples of a draw, summed over its examples. */
        static Sums of(Draw draw) {
            Sums sums = new Sums();
            draw.reconstructions()
                    .forEach((field, said) -> sums.distortions.put(
                            field,
                            -draw.expectation(said.logLikelihood(), 0).sum().item()));
            draw.latents().forEach(latent -> sums.latents.put(latent.name(), LatentSums.of(draw, latent)));
            return sums;
        }

        /** @param share of other samples of the same examples; 1 for other examples */
        void add(Sums more, double share) {
            more.distortions.forEach((field, nats) -> distortions.merge(field, share * nats, Double::sum));
            more.latents.forEach((name, sums) -> latents.merge(name, sums.times(share), LatentSums::plus));
        }

        BoundEstimate over(long points) {
            Map<String, Double> means = new LinkedHashMap<>();
            distortions.forEach((field, nats) -> means.put(field, nats / points));
            List<LatentEstimate> estimates = latents.entrySet().stream()
                    .map(latent -> latent.getValue().over(latent.getKey(), points))
                    .toList();
            return new BoundEstimate(means, estimates, points);
        }
    }

    /**
     * Sums of one latent over examples.
     *
     * @param rates by dimension
     * @param means of the posterior's centres, by dimension
     * @param squares of the same
     */
    private record LatentSums(double rate, List<Double> rates, List<Double> means, List<Double> squares) {
        static LatentSums of(Draw draw, Latent latent) {
            if (!latent.hasRate()) {
                return new LatentSums(Double.NaN, List.of(), List.of(), List.of());
            }
            double rate = draw.expectation(latent.kl(), 0).sum().item();
            List<Double> rates = latent.klPerDimension()
                    .map(nats -> sum(draw.expectation(nats, 1)))
                    .orElse(List.of());
            Tensor centre = latent.posterior().centre();
            if (!centre.dtype().isFloatingPoint()) {
                return new LatentSums(rate, rates, List.of(), List.of());
            }
            Tensor each = draw.expectation(latent.centre(), 1); // [B, D]
            return new LatentSums(rate, rates, sum(each), sum(each.square()));
        }

        private static List<Double> sum(Tensor figures) {
            return DoubleStream.of(figures.sum(0).toHost().toDoubles()).boxed().toList();
        }

        LatentSums times(double share) {
            return new LatentSums(share * rate, times(share, rates), times(share, means), times(share, squares));
        }

        private static List<Double> times(double share, List<Double> sums) {
            return share == 1 ? sums : sums.stream().map(sum -> share * sum).toList();
        }

        LatentSums plus(LatentSums more) {
            return new LatentSums(
                    rate + more.rate, plus(rates, more.rates), plus(means, more.means), plus(squares, more.squares));
        }

        private static List<Double> plus(List<Double> sums, List<Double> more) {
            return IntStream.range(0, sums.size())
                    .mapToObj(i -> sums.get(i) + more.get(i))
                    .toList();
        }

        LatentEstimate over(String name, long points) {
            List<Double> perDimension = rates.stream().map(sum -> sum / points).toList();
            return new LatentEstimate(name, rate / points, perDimension, active(points));
        }

        private int active(long points) {
            int active = 0;
            for (int i = 0; i < means.size(); i++) {
                double mean = means.get(i) / points;
                active += squares.get(i) / points - mean * mean > ACTIVE ? 1 : 0;
            }
            return active;
        }
    }
}
