package dev.elbo.handbook.algorithm;

import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Distribution;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.optim.Adam;
import dev.elbo.tensor.optim.Optimizer;
import dev.elbo.tensor.optim.Sgd;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The smallest VAE: z ~ N(0, 1), x|z ~ N(θ z, 1), q(z|x) = N(φ x, 0.2), of data N(0, 3²). Two parameters, whose negative ELBO is known
 * exactly, and three optimizers that see minibatches of it. Kingma and Ba (2015) for Adam.
 */
public final class OptimizerPaths implements Experiment {
    private static final double SPREAD = 3;
    private static final double V = 0.2;
    private static final int BATCH = 16;
    private static final double[] START = {0.2, 0.7};

    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Path(double[] theta, double[] phi, double[] loss) {}

    @Override
    public String name() {
        return "optimizer-paths";
    }

    @Override
    public Finding run(Effort effort) {
        int steps = effort.of(300, 10);
        Path sgd = path(steps, 0.004, parameters -> new Sgd(parameters, 0));
        Path momentum = path(steps, 0.004, parameters -> new Sgd(parameters, 0.9));
        Path adam = path(steps, 0.03, parameters -> Adam.of(parameters, Adam.BETA1, Adam.BETA2, Adam.EPSILON, 0));
        double[] theta = Numbers.range(-0.5, 4, effort.of(91, 9));
        double[] phi = Numbers.range(-0.1, 0.8, effort.of(71, 9));
        double[][] surface = Numbers.table(theta, phi, OptimizerPaths::negElbo);
        Chart plane = Chart.titled(Words.of("Paths over the negative ELBO", "负 ELBO 上的路径"))
                .x(Words.of("decoder's θ", "解码器的 θ"))
                .y(Words.of("encoder's φ", "编码器的 φ"))
                .xFrom(-0.5, 4)
                .yFrom(-0.1, 0.8)
                .contours(
                        Words.of("equal values", "等高线"),
                        Ink.SLATE,
                        theta,
                        phi,
                        surface,
                        2.8,
                        3,
                        3.5,
                        4.5,
                        6,
                        9,
                        13,
                        20);
        Chart losses = Chart.titled(Words.of("The negative ELBO on the way", "沿途的负 ELBO"))
                .x(Words.of("step", "步"))
                .y(Words.of("nats", "奈特"))
                .yFrom(2, 10);
        Map<String, Double> numbers = new HashMap<>();
        add(plane, losses, numbers, Words.same("SGD"), Ink.CRIMSON, "sgd", sgd);
        add(plane, losses, numbers, Words.of("SGD with momentum", "带动量的 SGD"), Ink.ORANGE, "momentum", momentum);
        add(plane, losses, numbers, Words.same("Adam"), Ink.BLUE, "adam", adam);
        plane.dots(Words.of("start", "起点"), Ink.TEXT, 5, new double[] {START[0]}, new double[] {START[1]});
        numbers.put("evidence", 0.5 * (Math.log(2 * Math.PI) + Math.log(SPREAD * SPREAD) + 1));
        Sheet sheet = Sheet.of(
                Words.of(
                        "Left: contours of the negative ELBO over two parameters, and the paths of SGD, SGD with momentum and Adam"
                                + " to its valley. Right: the negative ELBO along them.",
                        "左图：负 ELBO 关于两个参数的等高线，以及 SGD、带动量的 SGD 与 Adam 走入谷底的路径。右图：沿途的负 ELBO。"),
                plane,
                losses);
        return new Finding(sheet.sized(390, 330), numbers);
    }

    private static void add(
            Chart plane, Chart losses, Map<String, Double> numbers, Words name, Ink ink, String key, Path path) {
        plane.line(name, ink, path.theta, path.phi);
        losses.line(name, ink, Numbers.range(0, path.loss.length - 1, path.loss.length), path.loss);
        numbers.put(key, path.loss[path.loss.length - 1]);
        int arrived = 0;
        while (arrived < path.loss.length - 1 && path.loss[arrived] > 3) {
            arrived++;
        }
        numbers.put(key + "Steps", (double) arrived);
    }

    private static Path path(int steps, double learningRate, Function<ParameterBuffer, Optimizer> rule) {
        try (Scope scope = Scope.open("path")) {
            Tensor theta = Tensor.scalar(START[0], Device.CPU).requireGradient();
            Tensor phi = Tensor.scalar(START[1], Device.CPU).requireGradient();
            ParameterBuffer parameters = new ParameterBuffer(Map.of("theta", theta, "phi", phi));
            Optimizer optimizer = rule.apply(parameters);
            optimizer.learningRate().fill(learningRate);
            Rng rng = Rng.seeded(1, Device.CPU);
            Path path = new Path(new double[steps + 1], new double[steps + 1], new double[steps + 1]);
            for (int i = 0; i <= steps; i++) {
                path.theta[i] = theta.item();
                path.phi[i] = phi.item();
                path.loss[i] = negElbo(path.theta[i], path.phi[i]);
                step(theta, phi, parameters, optimizer, rng);
            }
            return path;
        }
    }

    /** A step of training: a batch, samples, the bound, its gradients, the rule. */
    private static void step(Tensor theta, Tensor phi, ParameterBuffer parameters, Optimizer optimizer, Rng rng) {
        try (Scope scope = Scope.open("step")) {
            Tensor x = rng.normal(Shape.of(BATCH, 1)).times(SPREAD);
            DiagonalNormal q = new DiagonalNormal(x.times(phi), x.zerosLike().fill(Math.log(V)), 1);
            Tensor z = q.rsample(1, rng).value();
            Distribution p = new DiagonalNormal(z.times(theta), x.zerosLike(), 1);
            Tensor rate = q.klTo(DiagonalNormal.standard(1, Device.CPU)).orElseThrow();
            parameters.clearGradients();
            rate.minus(p.logProb(x)).mean().backward();
            optimizer.step();
        }
    }

    /** Exact, over all x: ½ log 2π + ½ (E x² (1 − θφ)² + θ² v) + ½ (φ² E x² + v − 1 − log v). */
    private static double negElbo(double theta, double phi) {
        double squares = SPREAD * SPREAD;
        double miss = 1 - theta * phi;
        double distortion = 0.5 * (Math.log(2 * Math.PI) + squares * miss * miss + theta * theta * V);
        return distortion + 0.5 * (phi * phi * squares + V - 1 - Math.log(V));
    }
}
