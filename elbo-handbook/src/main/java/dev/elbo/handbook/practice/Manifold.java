package dev.elbo.handbook.practice;

import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.figure.Ink;
import dev.elbo.generate.LatentPath;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Chart;
import dev.elbo.handbook.draw.Pictures;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Fitted;
import dev.elbo.handbook.toy.Mnist;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A VAE with two latents, whose whole latent space is a picture. Kingma and Welling (2014), appendix A. */
public final class Manifold implements Experiment {
    private static final int SIDE = 20;

    @Override
    public String name() {
        return "mnist-manifold";
    }

    @Override
    public Finding run(Effort effort) {
        try (Fitted vae = train(effort)) {
            Sheet sheet = Sheet.of(
                    Words.of(
                            "Left, a square of 400 images decoded from a grid over the plane: digits change smoothly into each"
                                    + " other. Right, codes of held-out digits in the same plane, each label a cloud of its own,"
                                    + " some of which overlap.",
                            "左：由平面上网格点解码出的 400 幅图像，数字之间平滑过渡。右：留出数字在同一平面上的编码，每个标签各成一团，有些彼此重叠。"),
                    new Pictures(
                            Words.of("What each place of the plane becomes", "平面上每一点解码成什么"),
                            vae.pictures(grid(), Map.of()),
                            SIDE,
                            List.of()),
                    codes(vae, effort));
            return new Finding(
                    sheet.sized(400, 400),
                    Map.of(
                            "negElbo", vae.bound().negElbo(),
                            "rate", vae.bound().rate(),
                            "distortion", vae.bound().distortion()));
        }
    }

    private static Fitted train(Effort effort) {
        Map<String, String> settings = Map.of("epochs", Integer.toString(effort.of(4, 1)));
        return Fitted.of(
                MnistVae.recipe(effort, Map.of("latents", "2")), Mnist.of(effort), Pixels.DYNAMIC, settings, 1);
    }

    /** Equally likely places under N(0, I), [400, 2]. */
    private static HostArray grid() {
        try (Scope scope = Scope.open("grid")) {
            return LatentPath.manifold(SIDE, Device.CPU).toHost();
        }
    }

    private static Chart codes(Fitted vae, Effort effort) {
        Split some = vae.test().slice(0, effort.of(1000, 50));
        double[] codes = vae.codes(some).toDoubles();
        long[] labels = some.field("label").toHost().toLongs();
        Chart chart = Chart.titled(Words.of("Where q(z|x) puts held-out digits", "q(z|x) 把留出的数字放在哪里"))
                .x(Words.same("z₁"))
                .y(Words.same("z₂"))
                .xFrom(-3.5, 3.5)
                .yFrom(-3.5, 3.5);
        for (int label = 0; label < 10; label++) {
            int wanted = label;
            int[] rows = IntStream.range(0, labels.length)
                    .filter(i -> labels[i] == wanted)
                    .toArray();
            chart.dots(
                    Words.same(Integer.toString(label)),
                    Ink.of(label),
                    1.8,
                    IntStream.of(rows).mapToDouble(i -> codes[2 * i]).toArray(),
                    IntStream.of(rows).mapToDouble(i -> codes[2 * i + 1]).toArray());
        }
        return chart;
    }
}
