package dev.elbo.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.bench.Spread;
import dev.elbo.bench.StartBenchmark;
import dev.elbo.bench.TrainBenchmark;
import dev.elbo.recipe.Recipes;
import dev.elbo.run.RunConfig;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures how fast this machine trains, and how fast it starts to. */
@Command(name = "bench", description = "Measure the speed of training, or of starting to train.")
final class BenchCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private @Nullable CommandSpec spec;

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "what to measure: train or start?");
    }

    /** Steps per second, on generated images. */
    @Command(
            name = "train",
            description = "Steps per second of a recipe, on generated images of 28 × 28 pixels taken as probabilities.")
    int train(
            @Parameters(paramLabel = "RECIPE", defaultValue = "vae", description = "Default: vae.") String recipe,
            @Option(
                            names = "--set",
                            paramLabel = "NAME=VALUE",
                            converter = Setting.Converter.class,
                            description = "A setting of the recipe or of the training.")
                    List<Setting> settings,
            @Option(names = "--steps", defaultValue = "300", description = "In each measurement. Default: 300.")
                    int steps,
            @Option(names = "--warm-up", defaultValue = "2", description = "Measurements thrown away. Default: 2.")
                    int warmUp,
            @Option(names = "--repeats", defaultValue = "7", description = "Measurements that count. Default: 7.")
                    int repeats,
            @Option(names = "--json", description = "Print one JSON object.") boolean json,
            @Mixin Compute compute)
            throws IOException {
        RunConfig config = config(recipe, settings == null ? List.of() : settings, steps, warmUp + repeats);
        TrainBenchmark.Result result = new TrainBenchmark(config, warmUp).run(compute.device());
        if (json) {
            console.say(result.toJson());
        } else {
            console.say(TrainBenchmark.describe(result));
        }
        return 0;
    }

    private static RunConfig config(String recipe, List<Setting> settings, int steps, int measurements) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("pixels", "probabilities"));
        all.putAll(Setting.map(settings));
        all.put("logEvery", String.valueOf(steps));
        all.put("validation", "0");
        RunConfig draft = RunConfig.of(Recipes.named(recipe), "generated", 0, 1, all);
        int perEpoch = TrainBenchmark.IMAGES / draft.training().batch();
        return draft.epochs((double) steps * measurements / perEpoch);
    }

    /** Seconds from the start of a JVM to the end of a first step. */
    @Command(
            name = "start",
            description = "Seconds from the start of a JVM to the end of a first training step, on MNIST.")
    int start(
            @Option(names = "--repeats", defaultValue = "5", description = "Default: 5.") int repeats,
            @Option(names = "--json", description = "Print one JSON object.") boolean json)
            throws IOException {
        List<String> arguments = List.of("train", "vae", "--data", "mnist", "--epochs", "1");
        Spread seconds = new StartBenchmark(Main.class.getName(), arguments).run(repeats);
        ObjectNode result = new ObjectMapper().createObjectNode();
        result.set("secondsToFirstStep", seconds.toJson());
        if (json) {
            console.say(result);
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
