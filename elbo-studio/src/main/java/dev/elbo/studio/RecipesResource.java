package dev.elbo.studio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.DataCache;
import dev.elbo.data.DataCatalog;
import dev.elbo.data.DataSet;
import dev.elbo.option.Options;
import dev.elbo.recipe.OptionHelp;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.RecipeHelp;
import dev.elbo.recipe.Recipes;
import dev.elbo.run.ShippedModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What can be trained, on what, and which options there are: of these the form of a training is made. */
final class RecipesResource {
    private final Runs runs;
    private final Map<String, String> environment;

    RecipesResource(Runs runs, Map<String, String> environment) {
        this.runs = runs;
        this.environment = environment;
    }

    void register(Routes routes) {
        routes.get("/recipes", answer -> Answers.json(answer, all()));
        routes.get("/recipes/{recipe}", answer -> Answers.json(answer, whole(answer.pathParam("recipe"))));
        routes.get("/data", answer -> Answers.json(answer, data()));
    }

    private static ObjectNode all() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode array = json.putArray("recipes");
        Recipes.byGroup().values().forEach(group -> group.forEach(recipe -> array.add(summary(recipe))));
        return json;
    }

    private static ObjectNode summary(Recipe recipe) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", recipe.name())
                .put("group", recipe.card().group().title())
                .put(
                        "groupZh",
                        RecipeHelp.chineseTitle(recipe.card().group())
                                .orElse(recipe.card().group().title()))
                .put("when", recipe.card().when())
                .put(
                        "whenZh",
                        RecipeHelp.chineseWhen(recipe).orElse(recipe.card().when()));
    }

    private static ObjectNode whole(String name) {
        Recipe recipe = named(name);
        ObjectNode json = summary(recipe)
                .put("summary", recipe.summary())
                .put("summaryZh", RecipeHelp.chineseSummary(recipe).orElse(recipe.summary()))
                .put("equation", recipe.card().equation())
                .put("source", recipe.card().source());
        json.set("options", options(Recipes.options(recipe), option -> OptionHelp.chinese(recipe, option)));
        json.set("training", options(Options.of(recipe.training()), OptionHelp::chineseOfTraining));
        ArrayNode pixels = json.putArray("pixels");
        recipe.treatments().forEach(treatment -> pixels.add(treatment.toString()));
        return json;
    }

    private static Recipe named(String name) {
        try {
            return Recipes.named(name);
        } catch (IllegalArgumentException unknown) {
            throw Refusal.unknown(String.valueOf(unknown.getMessage()));
        }
    }

    private static ArrayNode options(Options<?> options, Function<String, Optional<String>> chinese) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        options.entries().forEach(entry -> {
            ObjectNode node = array.addObject()
                    .put("name", entry.name())
                    .put("value", entry.value())
                    .put("about", entry.about())
                    .put("aboutZh", chinese.apply(entry.name()).orElse(entry.about()));
            ArrayNode choices = node.putArray("choices");
            options.choices(entry.name()).forEach(choices::add);
        });
        return array;
    }

    /** The published sets, and runs whose own data can be trained on again: a page names no path. */
    private ObjectNode data() throws IOException {
        DataCache cache = DataCache.of(environment, event -> {});
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode sets = json.putArray("sets");
        for (DataSet set : DataCatalog.standard().sets()) {
            sets.addObject()
                    .put("name", set.name())
                    .put("title", set.title())
                    .put("credit", set.attribution())
                    .put("bytes", set.downloadBytes())
                    .put("here", cache.holds(set));
        }
        ArrayNode own = json.putArray("ofRuns");
        for (String name : runs.names()) {
            String data = runs.listed(name).config().data();
            if (!ShippedModels.isName(name) && DataCatalog.standard().find(data).isEmpty()) {
                own.addObject()
                        .put("run", name)
                        .put("title", String.valueOf(Path.of(data).getFileName()));
            }
        }
        return json;
    }
}
