package dev.elbo.cli;

import dev.elbo.data.Pixels;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import dev.elbo.run.RunConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which recipe is measured, on generated data. */
final class BenchedRecipe {
    @Parameters(arity = "0..1", paramLabel = "RECIPE", description = "Default: ${DEFAULT-VALUE}.")
    private String recipe = "vae";

    @Mixin
    private final GivenSettings given = new GivenSettings();

    /** Its configuration, with settings that a measurement decides itself. */
    RunConfig config(Map<String, String> decided) {
        Recipe named = Recipes.named(recipe);
        Map<String, String> all = new LinkedHashMap<>();
        if (!named.treatments().isEmpty()) {
            all.put("pixels", Pixels.PROBABILITIES.toString());
        }
        all.putAll(given.map());
        all.putAll(decided);
        return RunConfig.of(named, "generated", 1, all);
    }
}
