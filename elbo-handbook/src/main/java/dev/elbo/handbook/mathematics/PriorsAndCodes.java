package dev.elbo.handbook.mathematics;

import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.DiagonalNormal;
import dev.elbo.distribution.Distribution;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Numbers;
import dev.elbo.handbook.draw.Panel;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.prior.FlowPrior;
import dev.elbo.prior.MixturePrior;
import dev.elbo.prior.StandardNormal;
import dev.elbo.prior.VampPrior;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.optim.Adam;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Priors beside the same codes: a VAE is trained with the standard normal, then encoder and decoder stay, and a mixture, a VampPrior
 * and a flow are fitted to the aggregated posterior, by samples of it. What is left of KL(q(z) ‖ p(z)) is what each of them costs.
 */
public final class PriorsAndCodes implements Experiment {
    private static final int COMPONENTS = 20;
    private static final int MANY = 100;
    private static final int LAYERS = 4;

    /** Which priors are drawn over the codes, with the options that make them. */
    private static final Map<String, String> DRAWN =
            Map.of("normal", "normal", "mixture", "mixture(20)", "vampMany", "vamp(100)", "flow", "flow(4)");

    @Override
    public String name() {
        return "priors-and-codes";
    }

    @Override
    public Finding run(Effort effort) {
        try (Scope scope = Scope.open("priors")) {
            ShapesVae model = ShapesVae.of(effort);
            model.train(effort.of(2000, 40), step -> {});
            Initializer initial =
                    new Initializer(Rng.seeded(13, Device.CPU), Device.CPU, field -> Optional.of(model.pictures()));
            DiagonalNormal q = model.posteriors().detached();
            MixturePrior mixture = MixturePrior.of(COMPONENTS, 2, initial);
            mixture.begin(codes(q, effort.of(20, 2), 14), Rng.seeded(15, Device.CPU));
            VampPrior vamp = vamp(COMPONENTS, model, initial);
            VampPrior large = vamp(MANY, model, initial);
            FlowPrior flow = FlowPrior.of(2, LAYERS, initial);
            fit(vamp, q, effort.of(400, 10), 0.02);
            fit(large, q, effort.of(400, 10), 0.02);
            fit(flow, q, effort.of(1200, 10), 0.005);
            Map<String, Conditional<? extends Distribution>> priors = new LinkedHashMap<>();
            priors.put("normal", new StandardNormal(2, Device.CPU));
            priors.put("mixture", mixture);
            priors.put("vamp", vamp);
            priors.put("vampMany", large);
            priors.put("flow", flow);
            try (GradientMode off = GradientMode.off()) {
                return found(model, priors, effort);
            }
        }
    }

    private static VampPrior vamp(int components, ShapesVae model, Initializer initial) {
        return VampPrior.of(
                components,
                "row",
                Shape.of(model.pictures().size(1)),
                model.vae().posterior(),
                initial);
    }

    /** Samples of the aggregated posterior, [K · N, 2]. */
    private static Tensor codes(DiagonalNormal posteriors, int samples, long seed) {
        return posteriors.sample(samples, Rng.seeded(seed, Device.CPU)).reshape(-1, 2);
    }

    /** Moves a prior to where codes are: the mean of −log p(z) over samples of q(z) falls. */
    private static void fit(Conditional<? extends Distribution> prior, DiagonalNormal q, int steps, double rate) {
        try (Scope fitting = Scope.open("fit")) {
            ParameterBuffer parameters = new ParameterBuffer(prior.parameters());
            Adam adam = Adam.of(parameters, Adam.BETA1, Adam.BETA2, Adam.EPSILON, 0);
            for (int i = 0; i < steps; i++) {
                try (Scope step = Scope.open("step")) {
                    Tensor z = codes(q, 1, Rng.seedOf(16, i));
                    Pass pass = Pass.training(Rng.seeded(Rng.seedOf(17, i), Device.CPU));
                    parameters.clearGradients();
                    prior.given(pass).logProb(z).mean().negate().backward();
                    adam.learningRate().fill(rate * (1 - 0.9 * i / steps));
                    adam.step();
                }
            }
        }
    }

    private static Finding found(
            ShapesVae model, Map<String, Conditional<? extends Distribution>> priors, Effort effort) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        double information = model.information();
        numbers.put("information", information);
        numbers.put("components", (double) COMPONENTS);
        List<Panel> panels = new ArrayList<>();
        double[] z = Numbers.range(-3.5, 3.5, effort.of(141, 21));
        float[] codes = codes(model.posteriors(), 2, 18).toFloats();
        priors.forEach((name, prior) -> {
            Distribution p = prior.given(Pass.deterministic());
            double divergence = model.divergence(p);
            numbers.put(name, divergence);
            numbers.put(name + "Rate", information + divergence);
            if (DRAWN.containsKey(name)) {
                panels.add(map(Objects.requireNonNull(DRAWN.get(name)), p, z, codes));
            }
        });
        List<Words> names = List.of(
                Words.of("normal", "高斯"),
                Words.of("mixture(20)", "混合(20)"),
                Words.same("vamp(20)"),
                Words.same("vamp(100)"),
                Words.of("flow(4)", "流(4)"));
        double[] divergences =
                priors.keySet().stream().mapToDouble(numbers::get).toArray();
        double[] rates = priors.keySet().stream()
                .mapToDouble(name -> numbers.get(name + "Rate"))
                .toArray();
        Chart bars = Chart.titled(Words.of("what the same codes cost", "同样的编码，代价不同"))
                .y(Words.of("nats", "奈特"))
                .bars(Words.of("mean rate", "平均码率"), names, rates)
                .bars(Words.of("of it, KL(q(z) ‖ p(z))", "其中 KL(q(z) ‖ p(z))"), names, divergences)
                .line(Words.of("least: the information", "下限：信息"), Ink.CRIMSON, new double[] {-0.5, 4.5}, new double[] {
                    information, information
                });
        panels.add(0, bars);
        panels.add(0, samples(codes));
        Sheet sheet = Sheet.of(
                Words.of(
                        "Codes of all pictures; bars of what they cost under five priors; and contours of four of them over the"
                                + " codes: the normal is round, the others follow where codes are.",
                        "全部图片的编码；五种先验下的代价；其中四种先验的等高线画在编码之上：高斯是圆的，其余随编码的位置而变形。"),
                panels.toArray(Panel[]::new));
        return new Finding(sheet, numbers);
    }

    private static Chart samples(float[] codes) {
        return square(Words.of("samples of the aggregated posterior q(z)", "聚合后验 q(z) 的样本"))
                .dots(Words.same(""), Ink.SLATE, 1.5, coordinate(codes, 0), coordinate(codes, 1));
    }

    private static Chart map(String name, Distribution prior, double[] z, float[] codes) {
        double[][] density = new double[z.length][];
        for (int row = 0; row < z.length; row++) {
            float[] points = new float[2 * z.length];
            for (int i = 0; i < z.length; i++) {
                points[2 * i] = (float) z[i];
                points[2 * i + 1] = (float) z[row];
            }
            density[row] =
                    prior.logProb(Tensor.of(points, z.length, 2)).exp().toHost().toDoubles();
        }
        return square(Words.same("prior=" + name))
                .dots(Words.same(""), Ink.SLATE, 1, coordinate(codes, 0), coordinate(codes, 1))
                .contours(Words.same("p(z)"), Ink.ORANGE, z, z, density, 0.01, 0.03, 0.1, 0.2);
    }

    private static Chart square(Words title) {
        return Chart.titled(title)
                .x(Words.same("z₁"))
                .y(Words.same("z₂"))
                .xFrom(-6, 6)
                .yFrom(-3.4, 3.4);
    }

    private static double[] coordinate(float[] codes, int which) {
        double[] values = new double[codes.length / 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = codes[2 * i + which];
        }
        return values;
    }
}
