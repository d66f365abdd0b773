package dev.elbo.handbook.practice;

import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.figure.Ink;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Pictures;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Fitted;
import dev.elbo.handbook.toy.Mnist;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import dev.elbo.recipe.VaeRecipe;
import dev.elbo.tensor.HostArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The default VAE on MNIST, trained for a few epochs: its curves, its reconstructions, its samples. Kingma and Welling (2014). */
public final class MnistVae implements Experiment {
    private static final int EPOCHS = 5;
    private static final int SHOWN = 10;

    @Override
    public String name() {
        return "mnist-vae";
    }

    @Override
    public Finding run(Effort effort) {
        try (Fitted vae = train(effort)) {
            Split shown =
                    Mnist.firstOf(vae.test(), IntStream.range(0, SHOWN).boxed().toList());
            HostArray originals = Mnist.brightness(shown);
            HostArray reconstructions = vae.pictures(vae.codes(shown), Map.of());
            Sheet sheet = Sheet.of(
                    Words.of(
                            "Curves of a short training: −ELBO and distortion fall, the rate rises. Below, ten held-out digits"
                                    + " over their reconstructions, and sixty samples of the prior, many of them digits.",
                            "一次短训练：−ELBO 与失真下降，码率上升。另有十个未参与训练的数字及其重构，以及六十个从先验采样得到的图像，其中许多是数字。"),
                    curves(vae),
                    rates(vae),
                    new Pictures(
                            Words.of("Held-out digits, and what became of them", "未参与训练的数字与它们的重构"),
                            HostArray.concat(List.of(originals, reconstructions)),
                            SHOWN,
                            List.of(Words.same("x"), Words.same("x̂"))),
                    new Pictures(
                            Words.of("Samples: z from p(z), decoded", "样本：从 p(z) 采样 z 再解码"),
                            vae.samples(60, Map.of(), 1),
                            12,
                            List.of()));
            return new Finding(sheet.sized(400, 250), numbers(vae));
        }
    }

    /** What {@code ./elbo train vae --data mnist --epochs 5} does. */
    private static Fitted train(Effort effort) {
        Map<String, String> settings = Map.of(
                "epochs", Integer.toString(effort.of(EPOCHS, 1)), "logEvery", Integer.toString(effort.of(50, 1)));
        return Fitted.of(recipe(effort, Map.of()), Mnist.of(effort), Pixels.DYNAMIC, settings, 1);
    }

    /** The VAE with 784-512-256 units and 20 latents; small networks to try. */
    static Recipe recipe(Effort effort, Map<String, String> options) {
        Map<String, String> all = new LinkedHashMap<>(options);
        all.put("hidden", effort == Effort.FULL ? "512,256" : "32");
        return Recipes.with(new VaeRecipe(), all);
    }

    private static Chart curves(Fitted vae) {
        double[][] bound = vae.curve("negElbo");
        double[][] distortion = vae.curve("distortion");
        double[][] rate = vae.curve("rate");
        double[][] heldOut = vae.heldOutCurve("negElbo");
        return Chart.titled(Words.of("Training", "训练过程"))
                .x(Words.of("step", "训练步"))
                .y(Words.of("nats per image", "每幅图像的奈特数"))
                .line(Words.same("−ELBO"), Ink.BLUE, bound[0], bound[1])
                .line(Words.of("distortion", "失真"), Ink.ORANGE, distortion[0], distortion[1])
                .line(Words.of("rate", "码率"), Ink.GREEN, rate[0], rate[1])
                .dots(Words.of("−ELBO, held out", "−ELBO（留出集）"), Ink.CRIMSON, 3.5, heldOut[0], heldOut[1])
                .yFrom(0, 240);
    }

    /** What each dimension tells of an image, the most talkative first. */
    private static Chart rates(Fitted vae) {
        double[] rates = vae.bound().ratePerDimension().stream()
                .mapToDouble(rate -> -rate)
                .sorted()
                .map(rate -> -rate)
                .toArray();
        double[] edges =
                IntStream.rangeClosed(0, rates.length).mapToDouble(i -> i + 0.5).toArray();
        return Chart.titled(Words.of("What each dimension of z tells", "z 的每一维传递多少信息"))
                .x(Words.of("dimension, sorted by rate", "维度（按码率排序）"))
                .y(Words.of("nats", "奈特"))
                .yFromZero()
                .histogram(Words.same(""), edges, rates);
    }

    private static Map<String, Double> numbers(Fitted vae) {
        var bound = vae.bound();
        double[][] heldOut = vae.heldOutCurve("negElbo");
        return Map.of(
                "epochs",
                (double) heldOut[0].length,
                "negElbo",
                bound.negElbo(),
                "distortion",
                bound.distortion(),
                "rate",
                bound.rate(),
                "active",
                (double) bound.activeUnits(),
                "firstEpoch",
                heldOut[1][0]);
    }
}
