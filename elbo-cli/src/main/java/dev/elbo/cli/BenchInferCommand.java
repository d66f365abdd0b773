package dev.elbo.cli;

import dev.elbo.bench.InferBenchmark;
import dev.elbo.recipe.Recipes;
import dev.elbo.run.RunConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures encoding, decoding and scoring. */
@Command(
        name = "infer",
        description =
                "Examples that a recipe's model encodes, decodes and scores in a second, on images of 28 × 28 pixels.")
final class BenchInferCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(arity = "0..1", paramLabel = "RECIPE", description = "Default: ${DEFAULT-VALUE}.")
    private String recipe = "vae";

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            converter = Setting.Converter.class,
            description = "A setting of the recipe, or batch=N; may be given several times.")
    private final List<Setting> settings = new ArrayList<>();

    @Option(names = "--callers", paramLabel = "N", description = "Threads that ask at once. Default: ${DEFAULT-VALUE}.")
    private int callers = 1;

    @Option(names = "--seconds", paramLabel = "S", description = "For each measurement. Default: ${DEFAULT-VALUE}.")
    private double seconds = 0.5;

    @Option(names = "--repeats", paramLabel = "N", description = "Measurements that count. Default: ${DEFAULT-VALUE}.")
    private int repeats = 7;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private final Compute compute = new Compute();

    BenchInferCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Map<String, String> all = new LinkedHashMap<>(Map.of("pixels", "probabilities"));
        all.putAll(Setting.map(settings));
        RunConfig config = RunConfig.of(Recipes.named(recipe), "generated", 0, 1, all);
        InferBenchmark.Result result = new InferBenchmark(config, callers, seconds, repeats).run(compute.device());
        if (json) {
            console.say(result.toJson());
        } else {
            console.say(result.describe());
        }
        return 0;
    }
}
