package dev.elbo.handbook.background;

import dev.elbo.data.DataSource;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.generate.LatentPath;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Pictures;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Fitted;
import dev.elbo.handbook.toy.Mnist;
import dev.elbo.recipe.Recipes;
import dev.elbo.recipe.VaeRecipe;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The way from one digit to another: mixing pixels, and moving a code. White (2016) takes the arc between codes. */
public final class Between implements Experiment {
    private static final int STEPS = 11;
    private static final List<List<Integer>> PAIRS = List.of(List.of(7, 2), List.of(0, 9), List.of(1, 4));

    @Override
    public String name() {
        return "between-digits";
    }

    @Override
    public Finding run(Effort effort) {
        try (Fitted vae = train(effort)) {
            List<HostArray> rows = new ArrayList<>();
            List<Words> names = new ArrayList<>();
            for (List<Integer> pair : PAIRS) {
                Split ends = Mnist.firstOf(vae.test(), pair);
                rows.add(mixed(Mnist.brightness(ends)));
                rows.add(vae.pictures(path(vae.codes(ends)), Map.of()));
                names.add(Words.of("pixels", "像素"));
                names.add(Words.of("codes", "编码"));
            }
            Sheet sheet = Sheet.of(
                    Words.of(
                            "From one digit to another in eleven steps, three times. Mixed pixels show both digits at once; decoded"
                                    + " codes show a digit, or something like one, at every step.",
                            "从一个数字走到另一个数字，各十一步，共三组。混合像素时两个数字叠在一起；解码编码时每一步都是一个（或像一个）数字。"),
                    new Pictures(
                            Words.of("From one digit to another", "从一个数字到另一个数字"),
                            HostArray.concat(rows),
                            STEPS,
                            names));
            return new Finding(
                    sheet.sized(560, 320), Map.of("negElbo", vae.bound().negElbo()));
        }
    }

    private static Fitted train(Effort effort) {
        DataSource all = Mnist.of(effort);
        Split some = all.train().slice(0, effort.of(30_000, 100));
        return Fitted.of(
                Recipes.with(
                        new VaeRecipe(), Map.of("latents", "16", "hidden", effort == Effort.FULL ? "256,128" : "16")),
                new DataSource(all.spec(), some, all.test()),
                Pixels.PROBABILITIES,
                Map.of("epochs", Integer.toString(effort.of(8, 1)), "evaluateEvery", "100"),
                1);
    }

    /** On the arc from one code to the other, [STEPS, D]. */
    private static HostArray path(HostArray ends) {
        try (Scope scope = Scope.open("path")) {
            Tensor codes = Tensor.of(ends, Device.CPU); // [2, D]
            return LatentPath.spherical(
                            codes.narrow(0, 0, 1).squeeze(0),
                            codes.narrow(0, 1, 1).squeeze(0),
                            STEPS)
                    .toHost();
        }
    }

    /** One image fading into the other, [STEPS, 1, 28, 28]. */
    private static HostArray mixed(HostArray ends) {
        float[] from = ends.rows(0, 1).toFloats();
        float[] to = ends.rows(1, 2).toFloats();
        float[] pixels = new float[STEPS * from.length];
        for (int i = 0; i < pixels.length; i++) {
            int step = i / from.length;
            float share = (float) step / (STEPS - 1);
            pixels[i] = (1 - share) * from[i % from.length] + share * to[i % from.length];
        }
        return HostArray.of(pixels, STEPS, 1, Mnist.SIDE, Mnist.SIDE);
    }
}
