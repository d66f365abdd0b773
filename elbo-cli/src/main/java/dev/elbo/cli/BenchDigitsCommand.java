package dev.elbo.cli;

import dev.elbo.bench.SampledDigits;
import dev.elbo.data.Split;
import dev.elbo.run.Session;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Judges sampled digits. */
@Command(
        name = "digits",
        description = {
            "How many digits sampled by a run on MNIST a classifier recognises.",
            "Of a model that is given labels, such as cvae: as the digit that was asked for. Of any other: as some digit,"
                    + " with a probability of at least 0.9.",
            "And how far the samples are from the held-out images: the Fréchet distance of the classifier's features. Compare"
                    + " it between runs, at the same --count."
        })
final class BenchDigitsCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final LoadedRun run;

    @Option(names = "--count", paramLabel = "N", description = "Digits. Default: ${DEFAULT-VALUE}.")
    private int count = 1000;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description =
                    "Of the prior, as of 'sample': below 1 more are recognised, and they vary less, which the distance tells."
                            + " Default: ${DEFAULT-VALUE}.")
    private double temperature = 1;

    @Option(names = "--seed", paramLabel = "S", description = "Another seed, other digits. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Mixin
    private final Json json = new Json();

    BenchDigitsCommand(Console console) {
        this.console = console;
        this.run = new LoadedRun(console);
    }

    @Override
    public Integer call() throws IOException {
        new Range("--temperature", 0, 1000).require(temperature);
        try (Session session = run.load()) {
            SampledDigits digits =
                    SampledDigits.of(session.generator(), count, temperature, seed, Optional.of(real(session)));
            if (json.isWanted()) {
                console.say(digits.toJson());
            } else {
                console.say(String.format(
                        Locale.ROOT,
                        "%.1f %% of %,d digits are recognised; distance %.3f",
                        100 * digits.recognised(),
                        count,
                        digits.distance()));
            }
        }
        return 0;
    }

    /** The held-out images as they are, grey. */
    private static HostArray real(Session session) {
        Split held = session.data().test().or(session.data()::validation).orElseGet(session.data()::train);
        return Objects.requireNonNull(held.fields().get("image")).toHost();
    }
}
