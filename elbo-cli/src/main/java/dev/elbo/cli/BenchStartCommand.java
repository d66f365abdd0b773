package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.elbo.bench.Spread;
import dev.elbo.bench.StartBenchmark;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how long it takes to begin training. */
@Command(name = "start", description = "Seconds from the start of a JVM to the end of a first training step, on MNIST.")
final class BenchStartCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--repeats", paramLabel = "N", description = "Starts. Default: ${DEFAULT-VALUE}.")
    private int repeats = 5;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    BenchStartCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        List<String> training = List.of("train", "vae", "--data", "mnist", "--epochs", "1");
        Spread seconds = new StartBenchmark(Main.class.getName(), training).run(repeats);
        if (json) {
            console.say(JsonNodeFactory.instance.objectNode().set("secondsToFirstStep", seconds.toJson()));
        } else {
            console.say(String.format(
                    Locale.ROOT,
                    "first step after %.2f s (%.2f to %.2f)",
                    seconds.median(),
                    seconds.min(),
                    seconds.max()));
        }
        return 0;
    }
}
