package dev.elbo.cli;

import dev.elbo.recipe.Recipes;
import dev.elbo.run.RunConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which recipe is measured, on generated images. */
final class BenchedRecipe {
    @Parameters(arity = "0..1", paramLabel = "RECIPE", description = "Default: ${DEFAULT-VALUE}.")
    private String recipe = "vae";

    @Mixin
    private final GivenSettings given = new GivenSettings();

    /** Its configuration, with settings that a measurement decides itself. */
    RunConfig config(Map<String, String> decided) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("pixels", "probabilities"));
        all.putAll(given.map());
        all.putAll(decided);
        return RunConfig.of(Recipes.named(recipe), "generated", 1, all);
    }
}
