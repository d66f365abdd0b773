package dev.elbo.cli;

import dev.elbo.recipe.Recipes;
import dev.elbo.run.RunConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which recipe is measured, on generated images. */
final class BenchedRecipe {
    @Parameters(arity = "0..1", paramLabel = "RECIPE", description = "Default: ${DEFAULT-VALUE}.")
    private String recipe = "vae";

    @Option(names = "--batch", paramLabel = "N", description = "Examples in a step.")
    private @Nullable String batch;

    @Option(names = "--precision", paramLabel = "TYPE", description = "Of matrix products: fp32, bf16 or tf32.")
    private @Nullable String precision;

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
        Setting.put("batch", batch, all);
        Setting.put("precision", precision, all);
        all.putAll(decided);
        return RunConfig.of(Recipes.named(recipe), "generated", 0, 1, all);
    }
}
