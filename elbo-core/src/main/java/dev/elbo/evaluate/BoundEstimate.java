package dev.elbo.evaluate;

import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.model.Draw;
import dev.elbo.model.Latent;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Pass;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * The evidence lower bound on held-out examples and what it is made of, in nats per example, with one
 * sample of the posterior for each.
 *
 * @param negElbo distortion + rate: an upper bound of −log p(x)
 * @param distortion E_q[−log p(x|z)]
 * @param rate KL(q(z|x) ‖ p(z))
 * @param ratePerDimension the rate of each latent dimension; empty where it does not factorise
 * @param activeUnits dimensions whose posterior mean varies over examples by more than 0.01 (variance).
 *     Burda et al. (2016), section 5.2
 * @param points the number of examples
 */
public record BoundEstimate(
        double negElbo, double distortion, double rate, List<Double> ratePerDimension, int activeUnits, long points) {
    private static final double ACTIVE = 0.01;

    /** Estimates it on all examples. */
    public static BoundEstimate of(LatentVariableModel model, Examples examples, long seed) {
        Sums sums = new Sums();
        new Chunks(examples, seed)
                .map((batch, rng) -> new Sums().add(model, batch, rng))
                .forEach(sums::add);
        return sums.over(examples.size());
    }

    /** Sums over examples, in double precision. */
    private static final class Sums {
        private double distortion;
        private double rate;
        private double[] rates = {};
        private double[] means = {};
        private double[] squares = {};

        Sums add(LatentVariableModel model, Batch batch, Rng rng) {
            Draw draw = model.draw(batch, 1, Pass.evaluation(rng));
            Tensor kl = draw.kl();
            distortion -= draw.logLikelihood().sum().item();
            rate += kl.sum().item() / (kl.rank() > 1 ? kl.size(0) : 1);
            rates = concatenated(draw, latent -> latent.klPerDimension().map(nats -> nats.sum(0)));
            means = concatenated(draw, latent -> Optional.of(centre(latent).sum(0)));
            squares = concatenated(
                    draw, latent -> Optional.of(centre(latent).square().sum(0)));
            return this;
        }

        void add(Sums more) {
            distortion += more.distortion;
            rate += more.rate;
            rates = plus(rates, more.rates);
            means = plus(means, more.means);
            squares = plus(squares, more.squares);
        }

        private static Tensor centre(Latent latent) {
            return latent.posterior().mean();
        }

        private static double[] concatenated(Draw draw, Function<Latent, Optional<Tensor>> perDimension) {
            return draw.latents().stream()
                    .map(perDimension)
                    .flatMap(Optional::stream)
                    .flatMapToDouble(sum -> DoubleStream.of(sum.toHost().toDoubles()))
                    .toArray();
        }

        private static double[] plus(double[] sums, double[] more) {
            double[] result = sums.length == 0 ? new double[more.length] : sums;
            Arrays.setAll(result, i -> result[i] + more[i]);
            return result;
        }

        BoundEstimate over(long points) {
            List<Double> perDimension =
                    Arrays.stream(rates).map(sum -> sum / points).boxed().toList();
            return new BoundEstimate(
                    (distortion + rate) / points,
                    distortion / points,
                    rate / points,
                    perDimension,
                    active(points),
                    points);
        }

        private int active(long points) {
            int active = 0;
            for (int i = 0; i < means.length; i++) {
                double mean = means[i] / points;
                active += squares[i] / points - mean * mean > ACTIVE ? 1 : 0;
            }
            return active;
        }
    }
}
