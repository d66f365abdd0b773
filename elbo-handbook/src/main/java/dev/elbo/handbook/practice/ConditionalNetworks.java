package dev.elbo.handbook.practice;

import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.recipe.CvaeRecipe;
import dev.elbo.recipe.Recipes;
import dev.elbo.recipe.VaeRecipe;
import java.util.List;
import java.util.Map;

/** Where the label enters the networks of a conditional VAE, and how many parameters that takes. */
public final class ConditionalNetworks implements Experiment {
    private static final int LATENTS = 3;

    @Override
    public String name() {
        return "cvae-networks";
    }

    @Override
    public Finding run(Effort effort) {
        Layers layers = Layers.of(new CvaeRecipe());
        Layers plain = Layers.of(Recipes.with(new VaeRecipe(), Map.of("latents", Integer.toString(LATENTS))));
        Sheet sheet = Sheet.of(
                Words.of(
                        "The label, as ten numbers of which one is 1, is put beside the pixels where the encoder begins, and beside z"
                                + " where the decoder begins.",
                        "标签写成十个数（其中一个为 1），在编码器入口与像素并排，在解码器入口与 z 并排。"),
                NetworkDrawing.of(
                        Words.of("The label enters twice", "标签进入两处"),
                        layers,
                        LATENTS,
                        List.of(Words.of("y, one-hot\n[B, 10]", "y（独热）\n[B, 10]"))));
        return new Finding(
                sheet.sized(640, 430),
                Map.of(
                        "total", (double) layers.total(),
                        "plain", (double) plain.total(),
                        "more", (double) layers.total() - plain.total(),
                        "in", (double) layers.in(layers.of("posterior").get(0)),
                        "code", (double) layers.in(layers.of("likelihood").get(0))));
    }
}
