package dev.elbo.cli;

import dev.elbo.recipe.Recipes;
import dev.elbo.run.RunConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which recipe is measured, on generated images. */
final class BenchedRecipe {
    @Parameters(arity = "0..1", paramLabel = "RECIPE", description = "Default: ${DEFAULT-VALUE}.")
    private String recipe = "vae";

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            converter = Setting.Converter.class,
            description = "A setting of the recipe or of the training; may be given several times.")
    private final List<Setting> settings = new ArrayList<>();

    /** Its configuration, with settings that a measurement decides itself. */
    RunConfig config(Map<String, String> decided) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("pixels", "probabilities"));
        all.putAll(Setting.map(settings));
        all.putAll(decided);
        return RunConfig.of(Recipes.named(recipe), "generated", 0, 1, all);
    }
}
