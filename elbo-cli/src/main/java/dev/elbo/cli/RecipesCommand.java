package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.Pixels;
import dev.elbo.option.Options;
import dev.elbo.option.Options.Entry;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import dev.elbo.run.Invocation;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says which recipes there are, and what can be set of one. */
@Command(name = "recipes", description = "List the recipes, or the settings of one with their usual values.")
final class RecipesCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            completionCandidates = Names.OfRecipes.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private @Nullable String name;

    @Mixin
    private final Json json = new Json();

    RecipesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (name == null) {
            sayAll();
        } else {
            say(Recipes.named(name));
        }
        return 0;
    }

    private void sayAll() {
        if (json.isWanted()) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            Recipes.all().forEach(recipe -> all.withArray("recipes").add(summary(recipe)));
            console.say(all);
            return;
        }
        Table table = new Table();
        Recipes.byGroup().values().stream()
                .flatMap(List::stream)
                .forEach(recipe -> table.row("  " + recipe.name(), recipe.card().when()));
        Iterator<String> lines = table.lines().iterator();
        Recipes.byGroup().forEach((group, recipes) -> {
            console.say(console.bright(group.title()));
            recipes.forEach(recipe -> console.say(lines.next()));
        });
        console.say("");
        console.say(
                "More of one, and its options: " + Invocation.ofThisProcess().line("recipes", "NAME"));
    }

    private static ObjectNode summary(Recipe recipe) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", recipe.name())
                .put("summary", recipe.summary())
                .put("group", recipe.card().group().title())
                .put("when", recipe.card().when());
    }

    private void say(Recipe recipe) {
        List<Entry> options = Recipes.options(recipe).entries();
        List<Entry> training = Options.of(recipe.training()).entries();
        List<Pixels> pixels = recipe.treatments();
        if (json.isWanted()) {
            ObjectNode node = summary(recipe);
            node.put("equation", recipe.card().equation());
            node.put("source", recipe.card().source());
            node.set("options", json(options));
            node.set("training", json(training));
            pixels.forEach(treatment -> node.withArray("pixels").add(treatment.toString()));
            console.say(node);
            return;
        }
        console.say(console.bright(recipe.name()) + ": " + recipe.summary());
        new Table()
                .row("  when", recipe.card().when())
                .row("  equation", recipe.card().equation())
                .row("  source", recipe.card().source())
                .lines()
                .forEach(console::say);
        section("Its options", options);
        section("Its training", training);
        if (pixels.isEmpty()) {
            return;
        }
        console.say("");
        console.say(console.bright("Its pixels") + " (--pixels), the first if nothing is said");
        console.say("  " + pixels.stream().map(Pixels::toString).collect(Collectors.joining(", ")));
    }

    private static ArrayNode json(List<Entry> entries) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        entries.forEach(entry -> array.addObject()
                .put("name", entry.name())
                .put("value", entry.value())
                .put("about", entry.about()));
        return array;
    }

    private void section(String title, List<Entry> entries) {
        Table table = new Table();
        entries.forEach(entry -> table.row("  " + entry.name(), entry.value(), entry.about()));
        console.say("");
        console.say(console.bright(title) + " (--set NAME=VALUE)");
        table.lines().forEach(console::say);
    }
}
