package dev.elbo.handbook.algorithm;

import dev.elbo.distribution.Beta;
import dev.elbo.distribution.Dirichlet;
import dev.elbo.distribution.Gamma;
import dev.elbo.distribution.Pathwise;
import dev.elbo.distribution.VonMisesFisher;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * Elbo's own samples of distributions that no shift and no scale make of noise, beside their densities: Gamma and Dirichlet with
 * implicit gradients, Figurnov et al. (2018), and von Mises–Fisher by rejection, Wood (1994).
 */
public final class OtherDistributions implements Experiment {
    private static final int BARS = 40;

    @Override
    public String name() {
        return "other-distributions";
    }

    @Override
    public Finding run(Effort effort) {
        int count = effort.of(40_000, 500);
        Map<String, Double> numbers = new HashMap<>();
        Sheet sheet = Sheet.of(
                Words.of(
                        "Histograms of samples under their densities: two Gamma distributions, the first share of a Dirichlet, and"
                                + " the cosine to the centre of a von Mises–Fisher distribution.",
                        "样本直方图与密度曲线：两个 Gamma 分布、Dirichlet 分布的第一个份额、von Mises–Fisher 分布中样本与中心夹角的余弦。"),
                gamma(0.8, 1, 6, count, "gammaSmall", numbers),
                gamma(5, 2, 6, count, "gammaLarge", numbers),
                dirichlet(count, numbers),
                sphere(count, numbers));
        return new Finding(sheet, Map.copyOf(numbers));
    }

    private static Chart gamma(
            double alpha, double beta, double to, int count, String name, Map<String, Double> numbers) {
        try (Scope scope = Scope.open("gamma")) {
            Gamma gamma = new Gamma(vector(alpha), vector(beta), 0);
            double[] samples = samples(gamma, count, 0);
            DoubleUnaryOperator density = z -> at(gamma, z);
            numbers.put(name, distance(samples, 0, to, density));
            return chart("Gamma(" + alpha + ", " + beta + ")", Words.same("z"), 0, to, samples, density);
        }
    }

    /** The first of three shares is of Beta(α₁, α₂ + α₃). */
    private static Chart dirichlet(int count, Map<String, Double> numbers) {
        try (Scope scope = Scope.open("dirichlet")) {
            Dirichlet shares = new Dirichlet(vector(2, 3, 4));
            Beta first = new Beta(vector(2), vector(7), 0);
            double[] samples = samples(shares, count, 0);
            DoubleUnaryOperator density = z -> at(first, z);
            numbers.put("dirichlet", distance(samples, 0, 1, density));
            return chart("Dirichlet(2, 3, 4)", Words.of("first share", "第一个份额"), 0, 1, samples, density);
        }
    }

    /** On the sphere in three dimensions all w = μᵀz are as wide: the density of w is 2π times that of a point. */
    private static Chart sphere(int count, Map<String, Double> numbers) {
        try (Scope scope = Scope.open("sphere")) {
            VonMisesFisher q = new VonMisesFisher(vector(0, 0, 1), vector(4));
            double[] samples = samples(q, count, 2);
            DoubleUnaryOperator density = w -> 2 * Math.PI * at(q, Math.sqrt(1 - w * w), 0, w);
            numbers.put("sphere", distance(samples, -1, 1, density));
            return chart(
                    "von Mises–Fisher, κ = 4, D = 3",
                    Words.of("cosine to the centre", "与中心夹角的余弦"),
                    -1,
                    1,
                    samples,
                    density);
        }
    }

    private static Chart chart(
            String title, Words x, double from, double to, double[] samples, DoubleUnaryOperator density) {
        double[] edges = Numbers.range(from, to, BARS + 1);
        double[] heights = Numbers.density(samples, edges);
        double margin = (to - from) / 1000;
        return Chart.titled(Words.same(title))
                .x(x)
                .xFrom(from, to)
                .yFrom(0, 1.25 * Arrays.stream(heights).max().orElse(1))
                .histogram(Words.of("samples", "样本"), edges, heights)
                .curve(Words.of("density", "密度"), Ink.CRIMSON, from + margin, to - margin, density);
    }

    /** Half the sum of the differences between shares of samples and masses of the intervals, these by the midpoints' densities. */
    private static double distance(double[] samples, double from, double to, DoubleUnaryOperator density) {
        double[] edges = Numbers.range(from, to, BARS + 1);
        double[] heights = Numbers.density(samples, edges);
        double sum = 0;
        for (int i = 1; i + 1 < heights.length; i++) {
            double width = edges[i + 1] - edges[i];
            sum += width * Math.abs(heights[i] - density.applyAsDouble((edges[i] + edges[i + 1]) / 2));
        }
        return sum / 2;
    }

    /** One element of each draw. */
    private static double[] samples(Pathwise q, int count, int element) {
        double[] all =
                q.rsample(count, Rng.seeded(1, Device.CPU)).value().toHost().toDoubles();
        int each = all.length / count;
        double[] some = new double[count];
        for (int i = 0; i < count; i++) {
            some[i] = all[i * each + element];
        }
        return some;
    }

    private static double at(Pathwise q, double... value) {
        try (Scope scope = Scope.open("density")) {
            return Math.exp(q.logProb(vector(value)).item());
        }
    }

    private static Tensor vector(double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return Tensor.of(floats, values.length);
    }
}
