package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.bench.Spread;
import dev.elbo.bench.StartBenchmark;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how long it takes to begin training. */
@Command(name = "start", description = "Seconds from the start of a JVM to the end of a first training step, on MNIST.")
final class BenchStartCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--repeats", paramLabel = "N", description = "Starts. Default: ${DEFAULT-VALUE}.")
    private int repeats = 5;

    @Mixin
    private final Json json = new Json();

    BenchStartCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Spread warm = seconds(false);
        Spread cold = seconds(true);
        if (json.isWanted()) {
            ObjectNode both = JsonNodeFactory.instance.objectNode();
            both.set("warmSecondsToFirstStep", warm.toJson());
            both.set("coldSecondsToFirstStep", cold.toJson());
            console.say(both);
        } else {
            console.say("first step after " + describe(warm));
            console.say("the first time after a build, with natives to unpack: " + describe(cold));
        }
        return 0;
    }

    private Spread seconds(boolean cold) throws IOException {
        List<String> training = List.of("train", "vae", "--data", "mnist", "--epochs", "1");
        return new StartBenchmark(Main.class.getName(), training, cold).run(repeats);
    }

    private static String describe(Spread seconds) {
        return String.format(Locale.ROOT, "%.2f s (%.2f to %.2f)", seconds.median(), seconds.min(), seconds.max());
    }
}
