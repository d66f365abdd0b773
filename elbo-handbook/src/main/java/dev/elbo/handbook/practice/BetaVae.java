package dev.elbo.handbook.practice;

import dev.elbo.data.Pixels;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.toy.Fitted;
import dev.elbo.handbook.toy.Squares;
import dev.elbo.option.Options;
import dev.elbo.recipe.BetaVaeRecipe;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import java.util.Map;

/** The β-VAE of the experiments on shapes. Higgins et al. (2017). */
final class BetaVae {
    /** D. */
    static final int LATENTS = 6;

    private BetaVae() {}

    /** The squares that it learns: 8 × 8 places in 5 sizes. */
    static Squares shapes(Effort effort) {
        return Squares.of(effort.of(8, 3), effort.of(5, 2));
    }

    /** Trains a β-VAE on shapes, with no word about their factors. */
    static Fitted train(Squares shapes, double beta, long seed, Effort effort) {
        Recipe recipe = Recipes.with(
                new BetaVaeRecipe(),
                Map.of("beta", Options.number(beta), "hidden", "128,64", "latents", Integer.toString(LATENTS)));
        Map<String, String> settings = Map.of(
                "epochs",
                Integer.toString(effort.of(150, 1)),
                "batch",
                Integer.toString(effort.of(50, 6)),
                "learningRate",
                "cosine(0.002, 0.0001)",
                "evaluateEvery",
                "1000");
        return Fitted.of(recipe, shapes.data(), Pixels.PROBABILITIES, settings, seed);
    }
}
