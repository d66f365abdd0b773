package dev.elbo.handbook.concepts;

import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Diagram;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** The networks of an autoencoder with their shapes, read off a model of the recipe {@code ae} for images of 28 × 28 pixels. */
public final class EncoderDecoder implements Experiment {
    private static final double LEFT = 0.2;
    private static final double RIGHT = 0.68;
    private static final double TOP = 0.1;
    private static final double HIGH = 0.38;
    private static final double LOW = 0.64;
    private static final double BOTTOM = 0.93;

    @Override
    public String name() {
        return "encoder-decoder";
    }

    @Override
    public Finding run(Effort effort) {
        try (Scope scope = Scope.open("model")) {
            LatentVariableModel model = model();
            List<Tensor> weights = model.parameters().values().stream()
                    .filter(parameter -> parameter.rank() == 2)
                    .toList();
            Sheet sheet = Sheet.of(
                            Words.of(
                                    "An image of 784 pixels goes through layers of 512 and 256 numbers to a code of 2, and by"
                                            + " the same widths back to 784 probabilities.",
                                    "784 个像素的图像经过宽度为 512、256 的层变成 2 个数的编码，再按相同的宽度回到 784 个概率。"),
                            diagram(weights))
                    .sized(600, 400);
            long encoder = model.parameters().entrySet().stream()
                    .filter(parameter -> parameter.getKey().startsWith("posterior."))
                    .mapToLong(parameter -> parameter.getValue().shape().elements())
                    .sum();
            long all = model.parameters().values().stream()
                    .mapToLong(parameter -> parameter.shape().elements())
                    .sum();
            return new Finding(
                    sheet,
                    Map.of(
                            "encoder", (double) encoder,
                            "decoder", (double) (all - encoder),
                            "pixels", (double) weights.get(0).size(1),
                            "latents", (double) weights.get(2).size(0)));
        }
    }

    private static LatentVariableModel model() {
        DataSpec spec = new DataSpec("digits", Map.of("image", new Field.Image(1, 28, 28)), "");
        return Recipes.with(Recipes.named("ae"), Map.of("latents", "2"))
                .compose(spec, new Initializer(Rng.seeded(1, Device.CPU), Device.CPU))
                .model();
    }

    private static Diagram diagram(List<Tensor> weights) {
        return Diagram.titled(Words.of("From an image to its code, and back", "从图像到编码，再回到图像"))
                .box("x", LEFT, TOP, Ink.ORANGE, Words.of("image x\n[B, 1, 28, 28]", "图像 x\n[B, 1, 28, 28]"))
                .box("1", LEFT, HIGH, values(weights.get(0)))
                .box("2", LEFT, LOW, values(weights.get(1)))
                .box(
                        "z",
                        0.5,
                        BOTTOM,
                        Ink.BLUE,
                        Words.of(
                                "code z\n[B, " + weights.get(2).size(0) + "]",
                                "编码 z\n[B, " + weights.get(2).size(0) + "]"))
                .box("3", RIGHT, LOW, values(weights.get(3)))
                .box("4", RIGHT, HIGH, values(weights.get(4)))
                .box("p", RIGHT, TOP, Ink.GREEN, Words.of("p(x|z)\n[B, 1, 28, 28]", "p(x|z)\n[B, 1, 28, 28]"))
                .arrow("x", "1", Ink.TEXT, layer(weights.get(0), true))
                .arrow("1", "2", Ink.TEXT, layer(weights.get(1), true))
                .arrow("2", "z", Ink.TEXT, Words.same(""))
                .arrow("z", "3", Ink.TEXT, Words.same(""))
                .arrow("3", "4", Ink.TEXT, layer(weights.get(4), true))
                .arrow("4", "p", Ink.TEXT, layer(weights.get(5), false))
                .note(0.27, 0.82, layer(weights.get(2), false))
                .note(0.74, 0.82, layer(weights.get(3), true))
                .link("x", "p")
                .note(0.44, 0.04, Ink.CRIMSON, Words.of("loss: −log p(x|z)", "损失：−log p(x|z)"))
                .note(0.06, 0.38, Words.of("encoder", "编码器"))
                .note(0.88, 0.38, Words.of("decoder", "解码器"));
    }

    private static Words values(Tensor weight) {
        return Words.same("[B, " + weight.size(0) + "]");
    }

    private static Words layer(Tensor weight, boolean bent) {
        return Words.same("Linear " + weight.size(1) + " → " + weight.size(0) + (bent ? ", ReLU" : ""));
    }
}
