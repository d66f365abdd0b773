package dev.elbo.cli;

import dev.elbo.bench.PictureJudge;
import dev.elbo.bench.PictureSets;
import dev.elbo.run.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Judges sampled and reconstructed pictures. */
@Command(
        name = "pictures",
        description = {
            "How far samples and reconstructions of a run of pictures are from the held-out"
                    + " pictures, and whether samples repeat what it has learned from.",
            "The distance is the Fréchet distance of a classifier's features. It learns from"
                    + " the run's training pictures to tell their classes apart, in a minute or two;"
                    + " without classes there is no distance. That of training pictures is what"
                    + " chance alone makes. Compare runs on the same data at the same --count.",
            "Nearest are the medians of distances to the nearest training picture: much less"
                    + " of samples than of held-out pictures is a model that repeats pictures."
        },
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} bench pictures last",
            "  ${ROOT-COMMAND-NAME} bench pictures last --classifier judge.safetensors --out sets",
            "",
            "--json prints {\"samples\": N, \"heldOut\": N, \"distances\": {\"label\": FIELD, \"accuracy\": A, \"samples\": D,"
                    + " \"reconstructions\": D, \"training\": D}, \"nearest\": {\"asked\": N, \"training\": N, \"samples\": D, \"heldOut\": D}},"
                    + " without distances where there are no classes."
        })
final class BenchPicturesCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final LoadedRun run;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Samples, and real pictures of each kind if there are as many. Default: ${DEFAULT-VALUE}.")
    private int count = 1000;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Of the prior, as of 'sample'. Default: ${DEFAULT-VALUE}.")
    private double temperature = 1;

    @Option(names = "--seed", paramLabel = "S", description = "Of the samples. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--by",
            paramLabel = "FIELD",
            description = "The classes that the classifier tells apart. Default: ${DEFAULT-VALUE}.")
    private String label = "label";

    @Option(
            names = "--classifier",
            paramLabel = "FILE",
            description =
                    "Where the classifier is kept: it is used if the file is there, and else trained and written. Default: none.")
    private @Nullable Path classifier;

    @Option(names = "--epochs", paramLabel = "N", description = "Of the classifier. Default: ${DEFAULT-VALUE}.")
    private int epochs = 8;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = {
                "For other judges: writes samples.npy, reconstructions.npy, held-out.npy and training.npy, FLOAT32 [N, C, H, W] in 0 … 1.",
                "Default: nothing is written."
            })
    private @Nullable Path out;

    @Mixin
    private final Json json = new Json();

    BenchPicturesCommand(Console console) {
        this.console = console;
        this.run = new LoadedRun(console);
    }

    @Override
    public Integer call() throws IOException {
        new Range("--count", 2, 10_000).require(count);
        new Range("--temperature", 0, 1000).require(temperature);
        new Range("--epochs", 1, 1000).require(epochs);
        try (Session session = run.load()) {
            PictureSets sets = PictureSets.of(session, count, temperature, seed);
            if (out != null) {
                sets.write(out);
            }
            PictureJudge judge = new PictureJudge(label, Optional.ofNullable(classifier), epochs);
            json.say(
                    judge.score(
                            session,
                            sets,
                            (epoch, loss) -> console.status(width -> String.format(
                                    Locale.ROOT, "training the classifier: epoch %d, %.3f nats", epoch, loss))),
                    console);
        }
        return 0;
    }
}
