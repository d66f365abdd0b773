package dev.elbo.handbook.algorithm;

import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;

/**
 * z = μ + σ ε as a picture, and its gradients: those that Elbo computes, differences of E f at the same noise, and the exact ones. f(z)
 * = cos 2z, of which E f = exp(−2σ²) cos 2μ. Kingma and Welling (2014), section 2.4.
 */
public final class NormalReparameterisation implements Experiment {
    private static final double MU = 1;
    private static final double SIGMA = 0.5;
    private static final double STEP = 1e-4;

    @Override
    public String name() {
        return "normal-reparameterisation";
    }

    @Override
    public Finding run(Effort effort) {
        int samples = effort.of(20_000, 200);
        double[] means = Numbers.range(-1.6, 1.6, effort.of(17, 3));
        double[][] ofMean =
                Arrays.stream(means).mapToObj(m -> gradient(m, SIGMA, samples)).toArray(double[][]::new);
        double[] differences = Arrays.stream(means)
                .map(m -> (expectation(m + STEP, SIGMA, samples) - expectation(m - STEP, SIGMA, samples)) / (2 * STEP))
                .toArray();
        double[] scaleDifferences = Arrays.stream(means)
                .map(m -> (expectation(m, SIGMA + STEP, samples) - expectation(m, SIGMA - STEP, samples)) / (2 * STEP))
                .toArray();
        double[] gradients = Arrays.stream(ofMean).mapToDouble(g -> g[0]).toArray();
        double[] scaleGradients = Arrays.stream(ofMean).mapToDouble(g -> g[1]).toArray();
        double shrink = Math.exp(-2 * SIGMA * SIGMA);
        Chart check = Chart.titled(Words.of("Gradients of E cos 2z", "E cos 2z 的梯度"))
                .x(Words.of("mean μ", "均值 μ"))
                .curve(Words.of("exact, of μ", "精确值，对 μ"), Ink.BLUE, -1.6, 1.6, m -> -2 * shrink * Math.sin(2 * m))
                .curve(
                        Words.of("exact, of σ", "精确值，对 σ"),
                        Ink.ORANGE,
                        -1.6,
                        1.6,
                        m -> -4 * SIGMA * shrink * Math.cos(2 * m))
                .dots(Words.of("Elbo, reparameterised", "Elbo，重参数化"), Ink.GREEN, 4, means, gradients)
                .dots(Words.of("finite differences", "有限差分"), Ink.TEXT, 2, means, differences)
                .dots(Words.same(""), Ink.GREEN, 4, means, scaleGradients)
                .dots(Words.same(""), Ink.TEXT, 2, means, scaleDifferences);
        double apart = Math.max(apart(gradients, differences), apart(scaleGradients, scaleDifferences));
        Sheet sheet = Sheet.of(
                Words.of(
                        "Left: the line z = 1 + 0.5 ε takes noise on the lower axis to samples on the left one. Right: gradients"
                                + " by reparameterisation, by finite differences and exact ones lie on each other.",
                        "左图：直线 z = 1 + 0.5 ε 把下轴上的噪声变为左轴上的样本。右图：重参数化梯度、有限差分与精确梯度相互重合。"),
                map(),
                check);
        return new Finding(sheet.sized(380, 320), Map.of("apart", apart, "samples", (double) samples));
    }

    /** ∂/∂μ and ∂/∂σ of the mean of f(z) over samples, by Elbo's gradients. */
    private static double[] gradient(double mu, double sigma, int samples) {
        try (Scope scope = Scope.open("gradient")) {
            Tensor loc = number(mu).requireGradient();
            Tensor scale = number(sigma).requireGradient();
            DiagonalNormal q = new DiagonalNormal(loc, scale.square().log(), 1);
            Tensor z = q.rsample(samples, Rng.seeded(1, Device.CPU)).value();
            z.times(2).cos().mean().backward();
            return new double[] {loc.gradient().item(), scale.gradient().item()};
        }
    }

    /** The mean of f(z) over the same samples. */
    private static double expectation(double mu, double sigma, int samples) {
        try (Scope scope = Scope.open("expectation")) {
            DiagonalNormal q = new DiagonalNormal(number(mu), number(2 * Math.log(sigma)), 1);
            return q.sample(samples, Rng.seeded(1, Device.CPU))
                    .times(2)
                    .cos()
                    .mean()
                    .item();
        }
    }

    private static Tensor number(double value) {
        return Tensor.of(HostArray.of(new double[] {value}, 1), Device.CPU);
    }

    private static double apart(double[] a, double[] b) {
        double most = 0;
        for (int i = 0; i < a.length; i++) {
            most = Math.max(most, Math.abs(a[i] - b[i]));
        }
        return most;
    }

    /** The line, the density of ε under it, that of z beside it, and where a few draws go. */
    private static Chart map() {
        Chart chart = Chart.titled(Words.of("From ε to z", "从 ε 到 z"))
                .x(Words.of("noise ε ~ N(0, 1)", "噪声 ε ~ N(0, 1)"))
                .y(Words.of("sample z ~ N(1, 0.25)", "样本 z ~ N(1, 0.25)"))
                .xFrom(-3, 3)
                .yFrom(-1, 3)
                .line(Words.same("z = μ + σ ε"), Ink.BLUE, new double[] {-3, 3}, new double[] {
                    MU - 3 * SIGMA, MU + 3 * SIGMA
                });
        double[] e = Numbers.range(-3, 3, 121);
        double[] noise = Arrays.stream(e).map(v -> -1 + 2 * density(v)).toArray();
        double[] z = Arrays.stream(e).map(v -> MU + SIGMA * v).toArray();
        double[] samples =
                Arrays.stream(e).map(v -> -3 + 1.5 * density(v) / SIGMA).toArray();
        chart.line(Words.of("density of ε", "ε 的密度"), Ink.SLATE, e, noise);
        chart.line(Words.of("density of z", "z 的密度"), Ink.ORANGE, samples, z);
        for (double draw : new double[] {-1.4, 0.3, 1.1}) {
            double value = MU + SIGMA * draw;
            chart.arrow(Ink.GREEN, draw, -1 + 2 * density(draw), draw, value);
            chart.arrow(Ink.GREEN, draw, value, -3 + 1.5 * density(draw) / SIGMA, value);
        }
        return chart;
    }

    private static double density(double e) {
        return Math.exp(-e * e / 2) / Math.sqrt(2 * Math.PI);
    }
}
