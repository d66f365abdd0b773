package dev.elbo.handbook.background;

import dev.elbo.data.DataSource;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Panel;
import dev.elbo.handbook.draw.Pictures;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Fitted;
import dev.elbo.handbook.toy.Mnist;
import dev.elbo.handbook.toy.Moons;
import dev.elbo.recipe.AeRecipe;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import dev.elbo.recipe.VaeRecipe;
import dev.elbo.tensor.HostArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * An autoencoder (Hinton and Salakhutdinov 2006) and a VAE of the same networks: where they put codes, and what N(0, I)
 * becomes.
 */
public final class PointsAndClouds implements Experiment {
    @Override
    public String name() {
        return "ae-and-vae";
    }

    @Override
    public Finding run(Effort effort) {
        List<Panel> panels = new ArrayList<>();
        Map<String, Double> numbers = new LinkedHashMap<>();
        add(new AeRecipe(), Words.of("Autoencoder", "自编码器"), effort, panels, numbers);
        add(new VaeRecipe(), Words.of("VAE", "VAE"), effort, panels, numbers);
        Sheet sheet = new Sheet(
                Words.of(
                        "Above, an autoencoder: its codes spread over tens of units, and points of N(0, I) become few shapes. Below, a"
                                + " VAE: its codes fill the circle of N(0, I), and points of it become digits.",
                        "上：自编码器，编码散布到几十个单位之外，从 N(0, I) 取的点只解码成少数形状。下：VAE，编码铺满 N(0, I) 的圆，取到的点都解码成数字。"),
                2,
                340,
                260,
                panels);
        return new Finding(sheet, numbers);
    }

    private static void add(Recipe recipe, Words name, Effort effort, List<Panel> panels, Map<String, Double> numbers) {
        try (Fitted model = train(recipe, effort)) {
            HostArray codes = model.codes(model.test().slice(0, effort.of(1000, 50)));
            panels.add(codes(name, codes));
            panels.add(new Pictures(
                    Words.of(name.en() + ": z of N(0, I), decoded", name.zh() + "：N(0, I) 中的 z 解码"),
                    model.pictures(normals(60), Map.of()),
                    10,
                    List.of()));
            numbers.put(recipe.name() + "Spread", spread(codes));
            numbers.put(recipe.name() + "Distortion", model.bound().distortion());
        }
    }

    private static Fitted train(Recipe recipe, Effort effort) {
        DataSource all = Mnist.of(effort);
        Split some = all.train().slice(0, effort.of(20_000, 100));
        Map<String, String> options = Map.of("latents", "2", "hidden", effort == Effort.FULL ? "256,128" : "16");
        return Fitted.of(
                Recipes.with(recipe, options),
                new DataSource(all.spec(), some, all.test()),
                Pixels.PROBABILITIES,
                Map.of("epochs", Integer.toString(effort.of(6, 1)), "evaluateEvery", "100"),
                1);
    }

    private static Chart codes(Words name, HostArray codes) {
        double[] circle = new double[101];
        Arrays.setAll(circle, i -> 2 * Math.PI * i / 100);
        return Chart.titled(Words.of(name.en() + ": codes of held-out digits", name.zh() + "：留出数字的编码"))
                .x(Words.same("z₁"))
                .y(Words.same("z₂"))
                .dots(Words.same(""), Ink.BLUE, 1.5, Moons.column(codes, 0), Moons.column(codes, 1))
                .line(
                        Words.of("95 % of N(0, I)", "N(0, I) 的 95%"),
                        Ink.CRIMSON,
                        Arrays.stream(circle).map(a -> 2.45 * Math.cos(a)).toArray(),
                        Arrays.stream(circle).map(a -> 2.45 * Math.sin(a)).toArray());
    }

    /** Points of N(0, I), [N, 2]. */
    private static HostArray normals(int count) {
        Random random = new Random(3);
        float[] values = new float[2 * count];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return HostArray.of(values, count, 2);
    }

    /** The root of the mean square of the coordinates: 1 under N(0, I). */
    private static double spread(HostArray codes) {
        return Math.sqrt(Arrays.stream(codes.toDoubles())
                .map(value -> value * value)
                .average()
                .orElseThrow());
    }
}
