package dev.elbo.handbook.algorithm;

import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How much two unbiased gradients of one expectation vary. f(z) = −log N(x; z, I) is the distortion of a decoder that does nothing,
 * z ~ N(μ, σ² I) in D dimensions, and what is wanted is ∇ E f for μ. Mohamed et al. (2020), "Monte Carlo Gradient Estimation in
 * Machine Learning", compare the same estimators.
 */
public final class GradientVariance implements Experiment {
    private static final int K = 8;
    private static final double SIGMA = 0.5;

    @SuppressWarnings("ImmutableEnumChecker") // words are two strings
    private enum Estimator {
        REPARAMETERISED("reparameterised", Ink.BLUE, Words.of("reparameterised", "重参数化")),
        SCORE("score", Ink.CRIMSON, Words.of("score function", "得分函数")),
        SCORE_WITH_BASELINE(
                "baseline", Ink.ORANGE, Words.of("score function, other samples as baseline", "得分函数，以其余样本为基线"));

        private final String key;
        private final Ink ink;
        private final Words words;

        Estimator(String key, Ink ink, Words words) {
            this.key = key;
            this.ink = ink;
            this.words = words;
        }
    }

    @Override
    public String name() {
        return "gradient-variance";
    }

    @Override
    public Finding run(Effort effort) {
        double[] dims = effort == Effort.FULL ? new double[] {1, 2, 4, 8, 16, 32, 64, 128, 256} : new double[] {1, 4};
        int repeats = effort.of(4000, 50);
        Map<Estimator, double[]> variances = new LinkedHashMap<>();
        for (Estimator estimator : Estimator.values()) {
            variances.put(
                    estimator,
                    Arrays.stream(dims)
                            .map(d -> variance(estimator, (int) d, repeats))
                            .toArray());
        }
        return new Finding(sheet(dims, variances), numbers(dims, variances));
    }

    /** The variance of one element of the gradient: each of the repeats has a μ of its own, and so a gradient of its own. */
    private static double variance(Estimator estimator, int dims, int repeats) {
        try (Scope scope = Scope.open("gradients")) {
            Rng rng = Rng.seeded(dims, Device.CPU);
            Tensor mu = Tensor.zeros(Device.CPU, repeats, dims).requireGradient();
            Tensor logVar = mu.detach().zerosLike().fill(2 * Math.log(SIGMA));
            DiagonalNormal q = new DiagonalNormal(mu, logVar, 1);
            Tensor surrogate = switch (estimator) {
                case REPARAMETERISED -> reparameterised(q, rng);
                case SCORE -> score(q, rng, false);
                case SCORE_WITH_BASELINE -> score(q, rng, true);
            };
            surrogate.mean(0).sum().backward();
            return mu.gradient().variance(0).mean().item();
        }
    }

    /** f(z(μ, ε)): the gradient goes through the sample. */
    private static Tensor reparameterised(DiagonalNormal q, Rng rng) {
        return distortion(q.rsample(K, rng).value());
    }

    /** (f(z) − b) log q(z), whose gradient is (f − b) ∇ log q: the sample is a constant. */
    private static Tensor score(DiagonalNormal q, Rng rng, boolean compared) {
        Tensor z = q.sample(K, rng);
        Tensor f = distortion(z); // [K, repeats]
        Tensor others = f.sum(0).minus(f).over(K - 1.0); // the mean of the other samples
        return (compared ? f.minus(others) : f).times(q.logProb(z));
    }

    /** −log N(x; z, I) with x = (1, …, 1). */
    private static Tensor distortion(Tensor z) {
        Tensor x = z.detach().zerosLike().fill(1);
        return new DiagonalNormal(z, x.zerosLike(), 1).logProb(x).negate();
    }

    private static Sheet sheet(double[] dims, Map<Estimator, double[]> variances) {
        Chart chart = Chart.titled(Words.of("Variance of a gradient of 8 samples", "8 个样本的梯度的方差"))
                .xLogarithmic()
                .yLogarithmic()
                .xFrom(0.8, 320)
                .yFrom(0.01, 200_000)
                .x(Words.of("dimensions of z", "z 的维数"))
                .y(Words.of("variance of one element", "单个分量的方差"));
        variances.forEach((estimator, y) -> {
            chart.line(estimator.words, estimator.ink, dims, y);
            chart.dots(Words.same(""), estimator.ink, 3, dims, y);
        });
        return Sheet.of(
                        Words.of(
                                "Variance over dimensions, both logarithmic: flat for the reparameterised gradient, rising for the"
                                        + " score function, less steeply with a baseline.",
                                "双对数坐标下方差随维数的变化：重参数化梯度保持水平，得分函数梯度上升，带基线时上升较缓。"),
                        chart)
                .sized(480, 340);
    }

    private static Map<String, Double> numbers(double[] dims, Map<Estimator, double[]> variances) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        int last = dims.length - 1;
        int before = Math.max(0, last - 4);
        variances.forEach((estimator, y) -> {
            numbers.put(estimator.key, y[last]);
            numbers.put(estimator.key + "Slope", Math.log(y[last] / y[before]) / Math.log(dims[last] / dims[before]));
        });
        numbers.put("dims", dims[last]);
        numbers.put("timesFewer", atLast(variances, Estimator.SCORE) / atLast(variances, Estimator.REPARAMETERISED));
        return numbers;
    }

    /** At the largest number of dimensions. */
    private static double atLast(Map<Estimator, double[]> variances, Estimator estimator) {
        double[] y = Objects.requireNonNull(variances.get(estimator));
        return y[y.length - 1];
    }
}
