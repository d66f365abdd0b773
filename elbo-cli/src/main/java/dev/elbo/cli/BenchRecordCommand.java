package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.bench.RecordingCheck;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Device;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks, for every recipe, that recorded steps are those that would have been taken, and how much faster they are. */
@Command(
        name = "record",
        description =
                "Train every recipe with and without recording its steps on a card: the weights must be the same.")
final class BenchRecordCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--steps", paramLabel = "N", description = "Of each training. Default: ${DEFAULT-VALUE}.")
    private int steps = 100;

    @Mixin
    private final GivenSettings given = new GivenSettings();

    @Mixin
    private final Json json = new Json();

    @Mixin
    private final Compute compute = new Compute();

    BenchRecordCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (compute.device().kind() == Device.Kind.CPU) {
            throw new IllegalArgumentException("steps are recorded by CUDA cards only; add --device cuda");
        }
        boolean isRight = true;
        ObjectNode all = JsonNodeFactory.instance
                .objectNode()
                .put("device", compute.device().toString());
        ArrayNode recipes = all.putArray("recipes");
        for (Recipe recipe : Recipes.all()) {
            RecordingCheck.Result result = new RecordingCheck(given.map(), steps).run(recipe, compute.device());
            isRight &= result.isRight();
            recipes.add(result.toJson());
            if (!json.isWanted()) {
                console.say(result.describe());
            }
        }
        if (json.isWanted()) {
            console.say(all);
        }
        return isRight ? 0 : 1;
    }
}
