package dev.elbo.cli;

import dev.elbo.bench.LoadBenchmark;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the data side of a step. */
@Command(name = "load", description = "Examples a second that training is fed with, for each treatment of pixels.")
final class BenchLoadCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--batch", paramLabel = "N", description = "Examples in a step. Default: ${DEFAULT-VALUE}.")
    private int batch = 128;

    @Option(names = "--steps", paramLabel = "N", description = "In each measurement. Default: ${DEFAULT-VALUE}.")
    private int steps = 2000;

    @Option(names = "--repeats", paramLabel = "N", description = "Measurements that count. Default: ${DEFAULT-VALUE}.")
    private int repeats = 7;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private final Compute compute = new Compute();

    BenchLoadCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        LoadBenchmark.Result result = new LoadBenchmark(batch, steps, repeats).run(compute.device());
        if (json) {
            console.say(result.toJson());
        } else {
            console.say(result.describe());
        }
        return 0;
    }
}
