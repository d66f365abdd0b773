package dev.elbo.cli;

import dev.elbo.run.Invocation;
import dev.elbo.run.Packing;
import dev.elbo.run.ShippedModel;
import dev.elbo.run.ShippedModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a small model of a run, to be shipped. */
@Command(
        name = "pack",
        description = {
            "Make a model of a run, to be shipped: a folder with its configuration and its best weights in half precision.",
            "At most 6 MB, and without the place of any file of yours. The run stays as it is."
        },
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} models pack last --out models --name poems --about 'Writes regular verse of Tang and Song.'",
            "  ${ROOT-COMMAND-NAME} models pack last --out models --name reviews --about 'Writes reviews.' --data 'my reviews'"
                    + " --licence 'CC BY 4.0'",
            "",
            "--json prints what 'models NAME --json' does, without recipe, path and try."
        })
final class ModelsPackCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ChosenRun chosen = new ChosenRun();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "The folder of models, in which the folder NAME is made. Default: $$ELBO_MODELS or else ./models.")
    private @Nullable Path out;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            required = true,
            description = "What it is asked for by: 'model:NAME'.")
    private String name = "";

    @Option(names = "--about", paramLabel = "SENTENCE", required = true, description = "What it does, in one sentence.")
    private String about = "";

    @Option(
            names = "--data",
            paramLabel = "TEXT",
            description =
                    "What data of your own are called, in the place of where they lie. Default: their known name.")
    private @Nullable String data;

    @Option(
            names = "--licence",
            paramLabel = "TEXT",
            description = "The licence of the data. Default: that of data that are known by name.")
    private @Nullable String licence;

    @Option(
            names = "--attribution",
            paramLabel = "TEXT",
            description = "Whom to credit for the data. Default: whom the data themselves say.")
    private @Nullable String attribution;

    @Option(
            names = "--figures",
            paramLabel = "TEXT",
            description = "What was measured, and on what, as in 'perplexity 41 on test'.")
    private String figures = "";

    @Mixin
    private final Json json = new Json();

    ModelsPackCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Packing.Label label = new Packing.Label(
                name,
                about,
                Optional.ofNullable(data),
                Optional.ofNullable(licence),
                Optional.ofNullable(attribution),
                figures);
        Path models = out == null ? ShippedModels.of(System.getenv()).folder() : out;
        ShippedModel packed = new Packing(chosen.open(), label).into(models);
        if (json.isWanted()) {
            console.say(packed.toJson());
        } else {
            console.say(String.format(Locale.ROOT, "%s: %.1f MB", models.resolve(name), packed.bytes() / 1e6));
            String there = out == null ? "" : ShippedModels.VARIABLE + "=" + Invocation.word(models.toString()) + " ";
            console.say("look at it: " + there + Invocation.ofThisProcess().line("models", name));
        }
        return 0;
    }
}
