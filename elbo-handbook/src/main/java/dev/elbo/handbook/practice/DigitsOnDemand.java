package dev.elbo.handbook.practice;

import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Finding;
import dev.elbo.handbook.draw.Pictures;
import dev.elbo.handbook.draw.Sheet;
import dev.elbo.handbook.draw.Words;
import dev.elbo.handbook.toy.Fitted;
import dev.elbo.handbook.toy.Mnist;
import dev.elbo.recipe.CvaeRecipe;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.HostArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A conditional VAE trained for a few epochs: one z decoded with every label, and the style of a held-out digit given to all
 * ten. Sohn et al. (2015); Kingma et al. (2014), figure 1, shows such analogies.
 */
public final class DigitsOnDemand implements Experiment {
    private static final int LABELS = 10;

    @Override
    public String name() {
        return "digits-on-demand";
    }

    @Override
    public Finding run(Effort effort) {
        try (Fitted cvae = train(effort)) {
            Sheet sheet = Sheet.of(
                    Words.of(
                            "Left, a table of digits: each column has one label, each row one z, so that a row is written in one"
                                    + " hand. Right, held-out digits, each followed by all ten digits in its style.",
                            "左：一张数字表，每列一个标签，每行共用一个 z，所以一行像同一人所写。右：留出的数字，以及按它的笔迹写出的全部十个数字。"),
                    new Pictures(
                            Words.of("A row: one z. A column: one label", "每行一个 z，每列一个标签"),
                            onDemand(cvae),
                            LABELS,
                            List.of()),
                    new Pictures(
                            Words.of("A held-out digit, and all ten in its style", "留出的数字，及同一笔迹的十个数字"),
                            analogies(cvae),
                            LABELS + 1,
                            List.of()));
            return new Finding(
                    sheet.sized(370, 350),
                    Map.of(
                            "negElbo", cvae.bound().negElbo(),
                            "rate", cvae.bound().rate()));
        }
    }

    private static Fitted train(Effort effort) {
        Recipe recipe =
                effort == Effort.FULL ? new CvaeRecipe() : Recipes.with(new CvaeRecipe(), Map.of("hidden", "32"));
        Map<String, String> settings = Map.of("epochs", Integer.toString(effort.of(4, 1)));
        return Fitted.of(recipe, Mnist.of(effort), Pixels.DYNAMIC, settings, 1);
    }

    /** Ten samples of p(z), each with the labels 0 to 9. */
    private static HostArray onDemand(Fitted cvae) {
        HostArray z = cvae.generator()
                .latents(LABELS, Map.of("label", labels(1)), 1, 2)
                .getOrDefault("z", HostArray.of(new float[0], 0));
        return cvae.pictures(repeated(z), Map.of("label", labels(LABELS)));
    }

    /** z of q(z|x, y), decoded with other labels. */
    private static HostArray analogies(Fitted cvae) {
        Split held =
                Mnist.firstOf(cvae.test(), IntStream.range(0, LABELS).boxed().toList());
        HostArray originals = Mnist.brightness(held);
        HostArray decoded = cvae.pictures(repeated(cvae.codes(held)), Map.of("label", labels(LABELS)));
        List<HostArray> rows = new ArrayList<>();
        for (int i = 0; i < LABELS; i++) {
            rows.add(originals.rows(i, i + 1));
            rows.add(decoded.rows((long) i * LABELS, (long) (i + 1) * LABELS));
        }
        return HostArray.concat(rows);
    }

    /** Each row ten times. */
    private static HostArray repeated(HostArray z) {
        return z.select(
                LongStream.range(0, (long) LABELS * LABELS).map(i -> i / LABELS).toArray());
    }

    /** 0 to 9, so many times. */
    private static HostArray labels(int times) {
        return HostArray.of(
                LongStream.range(0, (long) LABELS * times).map(i -> i % LABELS).toArray(), (long) LABELS * times);
    }
}
