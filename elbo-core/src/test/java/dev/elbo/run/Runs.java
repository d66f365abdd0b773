package dev.elbo.run;

import dev.elbo.data.DataSource;
import dev.elbo.data.Stripes;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import java.util.HashMap;
import java.util.Map;

/** Runs that take a moment: small networks, three epochs of six steps. */
final class Runs {
    static final int PER_EPOCH = 6;
    static final int STEPS = 3 * PER_EPOCH;

    private static final Map<String, String> SMALL = Map.of(
            "epochs", "3", "batch", "8", "validation", "0.1", "logEvery", "1", "learningRate", "0.01", "keep", "2");

    private Runs() {}

    /** 60 pictures, of which 6 are held out. */
    static DataSource data() {
        return Stripes.of(1, 5, 6, 60);
    }

    /** That of the recipe {@code name} with settings {@code a=b c=d}. */
    static RunConfig config(String name, String settings) {
        return config(Recipes.with(Recipes.named(name), sizes(name)), settings);
    }

    private static Map<String, String> sizes(String recipe) {
        return switch (recipe) {
            case "vae-gan" -> Map.of("channels", "4,5", "latents", "2", "criticChannels", "3,4");
            case "conv-vae", "picture-vae", "picture-cvae" -> Map.of("channels", "4,5", "latents", "2");
            case "vit-vae" -> Map.of("channels", "4,5", "latents", "2", "width", "4", "heads", "2", "blocks", "1");
            case "vq-vae", "rvq-vae", "vq-vae-2" ->
                Map.of("channels", "4,5", "codes", "6", "codeDims", "3", "priorChannels", "4", "priorBlocks", "1");
            case "fsq-vae" -> Map.of("channels", "4,5", "levels", "3,2", "priorChannels", "4", "priorBlocks", "1");
            case "deep-vae" -> Map.of("channels", "4,5", "groups", "1,1", "latentChannels", "2", "latents", "3");
            case "lm", "hred" -> Map.of("hidden", "8");
            case "latent-style-vae" -> Map.of("hidden", "8", "styleLatents", "2", "contentLatents", "2");
            case "ladder-vae" -> Map.of("hidden", "8", "dims", "3,2");
            case "concrete-vae" -> Map.of("hidden", "8", "choices", "2", "classes", "3");
            default -> Map.of("hidden", "8", "latents", "2");
        };
    }

    static RunConfig config(Recipe recipe, String settings) {
        Map<String, String> all = new HashMap<>(SMALL);
        for (String setting : settings.split(" ", -1)) {
            if (!setting.isEmpty()) {
                all.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
            }
        }
        return RunConfig.of(recipe, "stripes", 7, all);
    }
}
