package dev.elbo.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.Examples;
import dev.elbo.model.FactorisedPosteriors;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Pass;
import dev.elbo.option.Decimal;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What the rate of a model consists of on M examples, in nats. Hoffman and Johnson (2016); Chen et al. (2018), eq. 2:
 *
 * <pre>
 * E KL(q(z|x) ‖ p(z)) = I(x; z) + KL(q(z) ‖ Πⱼ q(zⱼ)) + Σⱼ KL(q(zⱼ) ‖ p(zⱼ))
 * </pre>
 *
 * where q(z) = 1/M Σ q(z|x) over these very examples, none left out, and the expectations are taken with one code of each. It is
 * the same for every model with a factorised posterior, whatever it was trained on; all its latents together are z. More examples
 * give other figures: compare models on the same ones.
 *
 * @param mutualInformation I(x; z), about log M at most
 * @param totalCorrelation KL(q(z) ‖ Πⱼ q(zⱼ)): 0 if the dimensions of z are independent
 * @param dimensionWise Σⱼ KL(q(zⱼ) ‖ p(zⱼ))
 * @param perDimension KL(q(zⱼ) ‖ p(zⱼ)) of each dimension; empty if the prior does not factorise
 * @param points M
 */
public record TotalCorrelationEstimate(
        double mutualInformation,
        double totalCorrelation,
        double dimensionWise,
        List<Double> perDimension,
        long points) {
    /** The measure's name. */
    public static final String DEPENDENCE = "dependence";

    /** What a thread may make of pairs of codes and posteriors, in bytes. */
    private static final long ROOM = 64L << 20;

    /** Arrays of all pairs that a density takes, about. */
    private static final int ARRAYS = 6;

    /** Copies the list. */
    public TotalCorrelationEstimate {
        perDimension = List.copyOf(perDimension);
    }

    /**
     * Estimates it on all examples. Takes time in proportion to the square of their number.
     *
     * @throws IllegalArgumentException if a posterior does not factorise
     */
    public static TotalCorrelationEstimate of(LatentVariableModel model, Examples examples, long seed) {
        Posteriors posteriors = new Posteriors(model, Chunks.of(model, examples, seed));
        Codes codes = posteriors.map(Codes::of).stream().reduce(Codes::plus).orElseThrow();
        int block = posteriors.block(codes.dims());
        double[] aggregate = new double[1 + codes.dims()];
        for (long from = 0; from < examples.size(); from += block) {
            add(aggregate, posteriors.logDensities(codes.rows(from, Math.min(examples.size(), from + block))));
        }
        return codes.estimate(aggregate, examples.size());
    }

    private static void add(double[] sums, double[] more) {
        Arrays.setAll(sums, i -> sums[i] + more[i]);
    }

    /** The posteriors of all examples, made anew whenever they are needed. */
    private record Posteriors(LatentVariableModel model, Chunks chunks) {
        <T> List<T> map(Function<FactorisedPosteriors, T> use) {
            return chunks.map((batch, rng) -> use.apply(FactorisedPosteriors.of(
                    model.draw(batch, 1, Pass.evaluation(rng)),
                    "the total correlation",
                    "Measure it of a model of one level with posterior=normal")));
        }

        /** How many codes there is room for beside a chunk of posteriors. */
        int block(int dims) {
            return (int) Math.max(1, ROOM / ((long) Float.BYTES * ARRAYS * dims * chunks.size()));
        }

        /**
         * log q(z) of some codes and log q(zⱼ) of each of their dimensions, summed over the codes: [1 + D].
         *
         * @param codes by latent, [S, event...]
         */
        double[] logDensities(List<HostArray> codes) {
            double[] logSums = map(q -> logSums(q, codes)).stream()
                    .reduce(TotalCorrelationEstimate::logAddExp)
                    .orElseThrow(); // [S, 1 + D]
            int width = Math.toIntExact(logSums.length / codes.get(0).shape().size(0));
            double[] densities = new double[width];
            for (int i = 0; i < logSums.length; i++) {
                densities[i % width] +=
                        logSums[i] - Math.log((double) chunks.examples().size());
            }
            return densities;
        }

        /** log Σ_b q(z|x_b) of each code, and the same of each of its dimensions, [S, 1 + D]. */
        private double[] logSums(FactorisedPosteriors q, List<HostArray> codes) {
            Device device = chunks.examples().device();
            Tensor pairs = q.logProbPerDimension(
                    codes.stream().map(array -> Tensor.of(array, device)).toList()); // [S, B, D]
            Tensor joint = pairs.sum(-1).logSumExp(1).unsqueeze(-1); // [S, 1]
            return Tensor.cat(-1, joint, pairs.logSumExp(1)).toHost().toDoubles();
        }
    }

    private static double[] logAddExp(double[] a, double[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(i -> Math.max(a[i], b[i]) + Math.log1p(Math.exp(-Math.abs(a[i] - b[i]))))
                .toArray();
    }

    /**
     * One code of each of some examples.
     *
     * @param values by latent, [B, event...]
     * @param logPosterior log q(z|x), summed over the examples
     * @param logPrior log p(z), summed over the examples
     * @param logPriors log p(zⱼ) of each dimension, summed over the examples; empty if the prior does not factorise
     */
    private record Codes(List<HostArray> values, double logPosterior, double logPrior, List<Double> logPriors) {
        static Codes of(FactorisedPosteriors q) {
            return new Codes(
                    q.codes().stream().map(Tensor::toHost).toList(),
                    DoubleStream.of(q.logPosterior().toHost().toDoubles()).sum(),
                    DoubleStream.of(q.logPrior().toHost().toDoubles()).sum(),
                    q.logPriorPerDimension()
                            .map(nats -> DoubleStream.of(nats.sum(0).toHost().toDoubles())
                                    .boxed()
                                    .toList())
                            .orElse(List.of()));
        }

        Codes plus(Codes more) {
            List<Double> sums = IntStream.range(0, logPriors.size())
                    .mapToObj(j -> logPriors.get(j) + more.logPriors.get(j))
                    .toList();
            return new Codes(
                    IntStream.range(0, values.size())
                            .mapToObj(i -> HostArray.concat(List.of(values.get(i), more.values.get(i))))
                            .toList(),
                    logPosterior + more.logPosterior,
                    logPrior + more.logPrior,
                    sums);
        }

        /** D. */
        int dims() {
            return values.stream().mapToInt(Codes::dims).sum();
        }

        private static int dims(HostArray codes) {
            return Math.toIntExact(codes.shape().elements() / codes.shape().size(0));
        }

        List<HostArray> rows(long from, long to) {
            return values.stream().map(array -> array.rows(from, to)).toList();
        }

        /** @param aggregate log q(z) and log q(zⱼ) of each dimension, summed over the codes, [1 + D] */
        TotalCorrelationEstimate estimate(double[] aggregate, long points) {
            double joint = aggregate[0];
            double marginals = DoubleStream.of(aggregate).skip(1).sum();
            return new TotalCorrelationEstimate(
                    (logPosterior - joint) / points,
                    (joint - marginals) / points,
                    (marginals - logPrior) / points,
                    IntStream.range(0, logPriors.size())
                            .mapToObj(j -> (aggregate[1 + j] - logPriors.get(j)) / points)
                            .toList(),
                    points);
        }
    }

    /** As a measure: an object of the three parts of the rate. */
    record Kind() implements Measure {
        @Override
        public String name() {
            return DEPENDENCE;
        }

        @Override
        public boolean isOnDemand() {
            return true;
        }

        @Override
        public Optional<JsonNode> of(LatentVariableModel model, Examples examples, long seed) {
            TotalCorrelationEstimate nats = TotalCorrelationEstimate.of(model, examples, seed);
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("mutualInformation", nats.mutualInformation());
            json.put("totalCorrelation", nats.totalCorrelation());
            json.put("dimensionWise", nats.dimensionWise());
            return Optional.of(json);
        }

        @Override
        public List<Finding> read(JsonNode measured) {
            double information = measured.path("mutualInformation").asDouble();
            double correlation = measured.path("totalCorrelation").asDouble();
            double dimensions = measured.path("dimensionWise").asDouble();
            return List.of(new Finding(
                    "rate",
                    String.format(
                            Locale.ROOT,
                            "= mutual information %s + total correlation %s + dimensions %s nats",
                            Decimal.of(information, 2),
                            Decimal.of(correlation, 2),
                            Decimal.of(dimensions, 2)),
                    List.of(
                            card("Mutual information", information),
                            card("Total correlation", correlation),
                            card("Dimensions", dimensions))));
        }

        private static Card card(String name, double nats) {
            return new Card(name, Decimal.of(nats, 2), "", "nats, a part of the rate");
        }
    }
}
