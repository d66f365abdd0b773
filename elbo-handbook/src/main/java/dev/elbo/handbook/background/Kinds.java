package dev.elbo.handbook.background;

import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.distribution.Conditional;
import dev.elbo.distribution.Distribution;
import dev.elbo.evaluate.Bounds;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Panel;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Fitted;
import dev.elbo.handbook.toy.Likeliest;
import dev.elbo.handbook.toy.Moons;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Pass;
import dev.elbo.prior.FlowPrior;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import dev.elbo.recipe.VaeRecipe;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Inference;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Three kinds of generative models of the same points: a mixture of normals, a flow of coupling layers (Dinh et al. 2017), and a
 * VAE (Kingma and Welling 2014).
 */
public final class Kinds implements Experiment {
    private static final int COMPONENTS = 6;
    private static final int LAYERS = 6;

    @Override
    public String name() {
        return "kinds-of-models";
    }

    @Override
    public Finding run(Effort effort) {
        DataSource data = Moons.data(effort.of(2000, 200));
        HostArray points = data.train().field("row").toHost();
        HostArray others = data.test().orElseThrow().field("row").toHost();
        List<Panel> panels = new ArrayList<>();
        Map<String, Double> numbers = new LinkedHashMap<>();
        panels.add(panel(Words.of("Data", "数据"), others.rows(0, effort.of(800, 50))));
        try (Scope scope = Scope.open("models")) {
            Initializer initial = new Initializer(Rng.seeded(1, Device.CPU), Device.CPU);
            FlowPrior flow = FlowPrior.of(2, LAYERS, initial);
            Likeliest.fit(flow, points, effort.of(1500, 3), 1);
            Map<String, Conditional<? extends Distribution>> densities = new LinkedHashMap<>();
            densities.put("mixture", Densities.mixture(points, COMPONENTS));
            densities.put("flow", flow);
            densities.forEach((name, density) -> {
                double fit = Densities.meanLogProb(density, others);
                numbers.put(name, fit);
                panels.add(panel(title(name, fit), Densities.samples(density, effort.of(800, 50), 2))
                        .contours(
                                Words.same(""),
                                Ink.SLATE,
                                Densities.axis(),
                                Densities.axis(),
                                Densities.over(density),
                                0.02,
                                0.1,
                                0.2));
            });
        }
        try (Fitted vae = vae(data, effort)) {
            double fit = logLikelihood(vae, effort);
            numbers.put("vae", fit);
            panels.add(panel(title("vae", fit), samples(vae, effort.of(800, 50))));
        }
        Sheet sheet = new Sheet(
                Words.of(
                        "The data, two half circles, and samples of three models of them. All follow the data; the mixture's lie in"
                                + " six straight blots, and the flow's fill some of the space between the half circles.",
                        "数据是两个半圆；另有三种模型的采样。都跟随数据：混合模型的样本是六个直的斑块，流的样本填进了两弧之间的一部分空隙。"),
                2,
                320,
                290,
                panels);
        return new Finding(sheet, numbers);
    }

    /** A VAE with two latents and a normal likelihood of the points; β is annealed, for else it would stay with blurred points. */
    private static Fitted vae(DataSource data, Effort effort) {
        Recipe recipe = Recipes.with(
                new VaeRecipe(),
                Map.of("hidden", "64,64", "latents", "2", "likelihood", "normal", "beta", "linear(0.1, 1, 100)"));
        Map<String, String> settings = Map.of(
                "epochs",
                Integer.toString(effort.of(200, 1)),
                "batch",
                Integer.toString(effort.of(100, 50)),
                "learningRate",
                "cosine(0.003, 0.0001)",
                "evaluateEvery",
                "1000");
        return Fitted.of(recipe, data, Pixels.GREY, settings, 1);
    }

    /** By importance sampling, since a VAE cannot say log p(x). */
    private static double logLikelihood(Fitted vae, Effort effort) {
        try (Scope scope = Scope.open("likelihood")) {
            Examples others = new Examples(vae.test(), vae.spec(), Pixels.GREY, 0, Device.CPU);
            return -Bounds.of(vae.model(), others, effort.of(500, 2), 1, done -> {})
                    .likelihood()
                    .orElseThrow()
                    .nll();
        }
    }

    /** z from p(z), then x from p(x|z), with its noise, [N, 2]. */
    private static HostArray samples(Fitted vae, int count) {
        try (Scope scope = Scope.open("samples");
                Inference use = Inference.begin()) {
            Rng rng = Rng.seeded(2, Device.CPU);
            Batch nothing = new Batch(Map.of());
            Map<String, Tensor> z = vae.model().latents(count, nothing, 1, Pass.evaluation(rng));
            Distribution x = Objects.requireNonNull(
                    vae.model().decode(z, nothing, Pass.deterministic()).get("row"));
            return x.sample(1, rng).squeeze(0).toHost();
        }
    }

    private static Words title(String name, double fit) {
        String figure = String.format(Locale.ROOT, "%.2f", fit).replace('-', '−');
        return switch (name) {
            case "mixture" -> Words.of("Mixture of 6 normals: " + figure, "6 个高斯的混合：" + figure);
            case "flow" -> Words.of("Flow of coupling layers: " + figure, "耦合层的流：" + figure);
            default -> Words.of("VAE with two latents: " + figure, "两维潜变量的 VAE：" + figure);
        };
    }

    private static Chart panel(Words title, HostArray samples) {
        return Chart.titled(title)
                .x(Words.same("x₁"))
                .y(Words.same("x₂"))
                .xFrom(-Densities.REACH, Densities.REACH)
                .yFrom(-Densities.REACH, Densities.REACH)
                .dots(Words.same(""), Ink.BLUE, 1.5, Moons.column(samples, 0), Moons.column(samples, 1));
    }
}
