package dev.elbo.handbook.practice;

import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.recipe.VaeRecipe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The layers of the default VAE on MNIST, counted on the model itself. */
public final class Networks implements Experiment {
    private static final int LATENTS = 20;

    @Override
    public String name() {
        return "mnist-networks";
    }

    @Override
    public Finding run(Effort effort) {
        Layers layers = Layers.of(new VaeRecipe());
        Sheet sheet = Sheet.of(
                Words.of(
                        "The encoder goes from 784 pixels over 512 and 256 units to mean and log-variance of 20 latents; the decoder"
                                + " goes the same way back.",
                        "编码器从 784 个像素经 512、256 个单元到 20 维潜变量的均值与对数方差；解码器沿原路返回。"),
                NetworkDrawing.of(Words.of("The default VAE on MNIST", "MNIST 上的默认 VAE"), layers, LATENTS, List.of()));
        return new Finding(sheet.sized(640, 430), numbers(layers));
    }

    /** Parameters of each layer, e0 … e2 and d0 … d2 from input to output, and of all. */
    private static Map<String, Double> numbers(Layers layers) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (int i = 0; i < 3; i++) {
            numbers.put("e" + i, (double) layers.count(layers.of("posterior").get(i)));
            numbers.put("d" + i, (double) layers.count(layers.of("likelihood").get(i)));
        }
        numbers.put("total", (double) layers.total());
        return numbers;
    }
}
