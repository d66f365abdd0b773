package dev.elbo.cli;

import dev.elbo.bench.InferBenchmark;
import dev.elbo.run.RunConfig;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures encoding, decoding and scoring. */
@Command(
        name = "infer",
        description =
                "Examples that a recipe's model encodes, decodes and scores in a second, on images of 28 × 28 pixels; or sentences"
                        + " of up to 30 words that it encodes, writes and scores.")
final class BenchInferCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final BenchedRecipe recipe = new BenchedRecipe();

    @Option(names = "--callers", paramLabel = "N", description = "Threads that ask at once. Default: ${DEFAULT-VALUE}.")
    private int callers = 1;

    @Option(names = "--seconds", paramLabel = "S", description = "For each measurement. Default: ${DEFAULT-VALUE}.")
    private double seconds = 0.5;

    @Option(names = "--repeats", paramLabel = "N", description = "Measurements that count. Default: ${DEFAULT-VALUE}.")
    private int repeats = 7;

    @Mixin
    private final Json json = new Json();

    @Mixin
    private final Compute compute = new Compute();

    BenchInferCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        RunConfig config = recipe.config(Map.of());
        InferBenchmark.Result result = new InferBenchmark(config, callers, seconds, repeats).run(compute.device());
        json.say(result, console);
        return 0;
    }
}
