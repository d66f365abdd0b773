package dev.elbo.handbook.questions;

import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Diagram;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.optim.Sgd;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The mean of z ~ N(μ, I) in five dimensions is to make E ‖z − 3‖² small, with one sample a step: by the gradient through the sample, and
 * by that of the score function. Both are right on average. Beside it, where the chance stands in either graph.
 */
public final class MovingTheMean implements Experiment {
    private static final int DIMS = 5;
    private static final double AIM = 3;
    private static final double RATE = 0.002;

    @Override
    public String name() {
        return "moving-the-mean";
    }

    @Override
    public Finding run(Effort effort) {
        int steps = effort.of(1000, 10);
        int runs = effort.of(20, 3);
        Chart chart = Chart.titled(Words.of("The way of one mean to 3, four runs each", "一个均值走向 3 的路径，各四次"))
                .x(Words.of("step", "步"))
                .y(Words.of("mean μ₁", "均值 μ₁"))
                .yFrom(-1, 5);
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (boolean throughSample : new boolean[] {false, true}) {
            Ink ink = throughSample ? Ink.BLUE : Ink.CRIMSON;
            double[][] ways = ways(throughSample, steps, runs);
            for (int run = 0; run < Math.min(runs, 4); run++) {
                chart.line(
                        run > 0 ? Words.same("") : name(throughSample),
                        ink,
                        Numbers.range(0, steps, steps + 1),
                        ways[run]);
            }
            double[] ends = Arrays.stream(ways).mapToDouble(way -> way[steps]).toArray();
            double error = Arrays.stream(ends)
                    .map(end -> (end - AIM) * (end - AIM))
                    .average()
                    .orElse(0);
            numbers.put(throughSample ? "error" : "scoreError", Math.sqrt(error));
        }
        numbers.put("runs", (double) runs);
        Sheet sheet = Sheet.of(
                Words.of(
                        "Two graphs: chance inside the sample, where no gradient passes, and chance beside it, where it does; and"
                                + " the ways of a mean to its aim, calm with the one gradient and wild with the other.",
                        "两张图：随机性在样本之内，梯度无法通过；随机性在样本旁边，梯度可以通过。以及均值走向目标的路径：一种梯度平稳，另一种剧烈摆动。"),
                graphs(),
                chart);
        return new Finding(sheet.sized(390, 300), numbers);
    }

    private static Words name(boolean throughSample) {
        return throughSample ? Words.of("through the sample", "穿过样本") : Words.of("score function", "得分函数");
    }

    /** The first mean after every step, of each run: [runs][steps + 1]. */
    private static double[][] ways(boolean throughSample, int steps, int runs) {
        try (Scope scope = Scope.open("ways")) {
            Tensor mu = Tensor.zeros(Device.CPU, runs, DIMS).requireGradient();
            ParameterBuffer parameters = new ParameterBuffer(Map.of("mu", mu));
            Sgd sgd = new Sgd(parameters, 0);
            sgd.learningRate().fill(RATE);
            Rng rng = Rng.seeded(1, Device.CPU);
            double[][] ways = new double[runs][steps + 1];
            for (int i = 0; i < steps; i++) {
                parameters.clearGradients();
                backward(mu, throughSample, rng);
                sgd.step();
                double[] now = mu.toHost().toDoubles();
                for (int run = 0; run < runs; run++) {
                    ways[run][i + 1] = now[run * DIMS];
                }
            }
            return ways;
        }
    }

    /** One sample of each run, and one of the two gradients. */
    private static void backward(Tensor mu, boolean throughSample, Rng rng) {
        try (Scope scope = Scope.open("backward")) {
            DiagonalNormal q = new DiagonalNormal(mu, mu.detach().zerosLike(), 1);
            if (throughSample) {
                cost(q.rsample(1, rng).value()).sum().backward();
            } else {
                Tensor z = q.sample(1, rng);
                cost(z).times(q.logProb(z)).sum().backward();
            }
        }
    }

    /** ‖z − 3‖², [1, runs]. */
    private static Tensor cost(Tensor z) {
        return z.minus(AIM).square().sum(-1);
    }

    private static Diagram graphs() {
        return Diagram.titled(Words.of("Chance inside, and chance beside", "随机性在里面，随机性在旁边"))
                .box("mu", 0.15, 0.85, Words.same("μ, σ"))
                .latent("z", 0.15, 0.48, Words.same("z"))
                .box("f", 0.15, 0.12, Words.same("f(z)"))
                .arrow("mu", "z")
                .arrow("z", "f")
                .note(0.15, 0.66, Ink.CRIMSON, Words.same("✗"))
                .note(0.34, 0.48, Ink.CRIMSON, Words.of("drawn:\nno gradient", "抽取：\n没有梯度"))
                .box("mu2", 0.66, 0.85, Words.same("μ, σ"))
                .latent("noise", 0.92, 0.66, Words.same("ε"))
                .box("z2", 0.66, 0.48, Ink.BLUE, Words.same("z = μ + σ ε"))
                .box("f2", 0.66, 0.12, Words.same("f(z)"))
                .arrow("mu2", "z2")
                .arrow("noise", "z2")
                .arrow("z2", "f2")
                .note(0.84, 0.28, Ink.GREEN, Words.of("gradient\npasses", "梯度\n可以通过"));
    }
}
