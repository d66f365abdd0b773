package dev.elbo.run;

import dev.elbo.data.DataSource;
import dev.elbo.data.Field;
import dev.elbo.data.Levels;
import dev.elbo.option.Options;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Settings that fit somebody's data better than a recipe's own defaults, which are made for digits.
 *
 * @param settings by name; none if the defaults fit
 * @param reason why, in a sentence without a full stop; empty if they fit
 */
public record Fitting(Map<String, String> settings, String reason) {
    private static final String LIKELIHOOD = "likelihood";
    private static final String PIXELS = "pixels";
    private static final String BINARY = "bernoulli";

    /** Copies. */
    public Fitting {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * The settings to add to those that were given.
     *
     * @param given settings by name, which are left alone
     */
    public static Fitting of(Recipe recipe, DataSource data, Map<String, String> given) {
        return of(recipe, data, given, () -> arePhotographs(data));
    }

    /** The settings that fit each of some recipes where nothing is given, by the name of the recipe; recipes whose defaults fit are left out. */
    public static Map<String, Fitting> ofEach(List<Recipe> recipes, DataSource data) {
        boolean arePhotographs = arePhotographs(data); // looked at once
        Map<String, Fitting> all = new LinkedHashMap<>();
        recipes.forEach(recipe -> {
            Fitting fitting = of(recipe, data, Map.of(), () -> arePhotographs);
            if (!fitting.settings().isEmpty()) {
                all.put(recipe.name(), fitting);
            }
        });
        return all;
    }

    private static Fitting of(
            Recipe recipe, DataSource data, Map<String, String> given, BooleanSupplier arePhotographs) {
        Map<String, String> suited =
                new LinkedHashMap<>(recipe.suited(data.spec(), data.train().size(), given));
        suited.keySet().removeAll(given.keySet());
        List<String> reasons = new ArrayList<>();
        if (!suited.isEmpty()) {
            reasons.add("what suits these data where nothing is said: " + settings(suited));
        }
        boolean isChosen = given.containsKey(LIKELIHOOD) || given.containsKey(PIXELS);
        boolean isBinary = Recipes.options(recipe).entries().stream()
                .map(Options.Entry::value)
                .anyMatch(BINARY::equals);
        boolean isPublishedInGrey = !data.spec().attribution().isEmpty() && !areInColour(data);
        if (!isChosen && isBinary && !isPublishedInGrey && arePhotographs.getAsBoolean()) {
            suited.put(LIKELIHOOD, "optimal-normal");
            reasons.add(
                    "these images have shades rather than black and white: likelihood=optimal-normal, with one variance, that of the errors;"
                            + " --set likelihood=" + BINARY + " takes grey for chances, as fits digits");
        }
        return new Fitting(suited, String.join("\n", reasons));
    }

    private static String settings(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Figures of published data in grey are of binary pixels; in colour there are none. */
    private static boolean areInColour(DataSource data) {
        return data.spec().fields().values().stream()
                .anyMatch(field -> field instanceof Field.Image image && image.channels() >= 3);
    }

    private static boolean arePhotographs(DataSource data) {
        return data.spec().fields().entrySet().stream()
                .anyMatch(field -> field.getValue() instanceof Field.Image image
                        && Levels.of(data.train(), field.getKey()).arePhotographs(image.channels()));
    }

    /**
     * The configuration of a new run on these data: with the given settings and those that fit, with the range that pixels
     * turned out to have, and without a treatment of pixels where there are none.
     *
     * @throws IllegalArgumentException if a treatment of pixels is asked for where there are none, or a setting cannot be read
     */
    public RunConfig config(RunConfig asked, DataSource data, Map<String, String> given) {
        Map<String, String> all = with(given);
        if (data.pixelRange().isChosen()) {
            all.put("pixelRange", data.pixelRange().toString());
        }
        if (!data.spec().hasImages() && given.containsKey(PIXELS)) {
            throw new IllegalArgumentException("data '" + data.spec().name() + "' have no pixels to treat as '"
                    + given.get(PIXELS) + "'; leave that out");
        }
        RunConfig config = RunConfig.of(Recipes.named(asked.recipe().name()), asked.data(), asked.seed(), all);
        return data.spec().hasImages() ? config : config.withoutPixels();
    }

    /** The given settings, and those that fit. */
    public Map<String, String> with(Map<String, String> given) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putAll(given);
        return all;
    }
}
