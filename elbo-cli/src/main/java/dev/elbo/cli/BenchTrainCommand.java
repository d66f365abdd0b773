package dev.elbo.cli;

import dev.elbo.bench.TrainBenchmark;
import dev.elbo.run.RunConfig;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures training steps per second. */
@Command(
        name = "train",
        description =
                "Steps per second of a recipe, on generated images of 28 × 28 pixels, taken as probabilities; or, where it learns"
                        + " from these, on sentences of 2 to 30 words of 10,000, or on speech of 4 to 22 phones.")
final class BenchTrainCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final BenchedRecipe recipe = new BenchedRecipe();

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "In each measurement. Default: 300, or of sentences and speech an epoch.")
    private @Nullable Integer steps;

    @Option(names = "--warm-up", paramLabel = "N", description = "Measurements thrown away. Default: ${DEFAULT-VALUE}.")
    private int warmUp = 2;

    @Option(names = "--repeats", paramLabel = "N", description = "Measurements that count. Default: ${DEFAULT-VALUE}.")
    private int repeats = 7;

    @Mixin
    private final Json json = new Json();

    @Mixin
    private final Compute compute = new Compute();

    BenchTrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        TrainBenchmark.Result result = new TrainBenchmark(config(), warmUp).run(compute.device());
        json.say(result, console);
        return 0;
    }

    private RunConfig config() {
        RunConfig asked = recipe.config(Map.of());
        long each = steps != null ? steps : TrainBenchmark.usualSteps(asked);
        RunConfig draft = recipe.config(Map.of("logEvery", String.valueOf(each), "validation", "0"));
        return draft.epochs((double) each * (warmUp + repeats) / TrainBenchmark.stepsPerEpoch(draft));
    }
}
