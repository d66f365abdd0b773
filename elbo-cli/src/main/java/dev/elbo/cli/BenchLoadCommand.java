package dev.elbo.cli;

import dev.elbo.bench.LoadBenchmark;
import dev.elbo.data.DataSource;
import dev.elbo.data.Reading;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

    @Mixin
    private final Json json = new Json();

    @Option(
            names = "--data",
            paramLabel = "DATA",
            completionCandidates = Names.OfData.class,
            description = "Images to load, as of 'train'. Default: generated ones of 28 × 28 bytes.")
    private @Nullable String data;

    @Mixin
    private final Compute compute = new Compute();

    @Mixin
    private final DataFiles files;

    BenchLoadCommand(Console console) {
        this.console = console;
        this.files = new DataFiles(console);
    }

    @Override
    public Integer call() throws IOException {
        LoadBenchmark benchmark = new LoadBenchmark(batch, steps, repeats);
        json.say(data == null ? benchmark.run(compute.device()) : run(benchmark, data), console);
        return 0;
    }

    private LoadBenchmark.Result run(LoadBenchmark benchmark, String nameOrPath) throws IOException {
        DataSource source = files.open(nameOrPath, Reading.standard());
        return benchmark.run(compute.device(), source.train(), source.spec());
    }
}
