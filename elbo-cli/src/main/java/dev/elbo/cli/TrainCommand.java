package dev.elbo.cli;

import dev.elbo.data.DataSource;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import dev.elbo.run.Fitting;
import dev.elbo.run.RunCatalog;
import dev.elbo.run.RunConfig;
import dev.elbo.run.RunDirectory;
import dev.elbo.run.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Begins a run. */
@Command(
        name = "train",
        description = "Train a recipe on data; then evaluate, draw figures and write a report.",
        footer = {
            "",
            "Settings are those of the recipe ('${ROOT-COMMAND-NAME} recipes vae' lists them) and of the training:",
            "  ${ROOT-COMMAND-NAME} train vae --data mnist --set hidden=512,256 --set 'beta=linear(0, 1, 10)'"
        })
final class TrainCommand implements Callable<Integer> {
    @Mixin
    private final Training training;

    @Parameters(
            paramLabel = "RECIPE",
            completionCandidates = Names.OfRecipes.class,
            description = "What to train: ${COMPLETION-CANDIDATES}.")
    private String recipe = "";

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DATA",
            completionCandidates = Names.OfData.class,
            description =
                    "What to train on: ${COMPLETION-CANDIDATES}, a folder of images (a sub-folder for each class) or of"
                            + " recordings,"
                            + " an IDX, .npy, .npz, .csv or .tsv file, a text file (.txt) with a sentence on each line, a folder of IDX files, or of shards: images-000.npy, images-001.npy, …")
    private String data = "";

    @Option(names = "--epochs", paramLabel = "N", description = "How often the training set is seen.")
    private @Nullable String epochs;

    @Option(
            names = "--pixels",
            paramLabel = "TREATMENT",
            description = "probabilities, dynamic, static or grey. Figures in nats are comparable only where it is the"
                    + " same.")
    private @Nullable String pixels;

    @Mixin
    private final GivenReading reading = new GivenReading();

    @Mixin
    private final GivenSettings given = new GivenSettings();

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Of everything that is random. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The run's directory. Default: a new one in $$ELBO_RUNS or else ./runs.")
    private @Nullable Path out;

    @Option(names = "--not-last", hidden = true, description = "Leave 'last' to the run that has that name.")
    private boolean notLast;

    TrainCommand(Console console) {
        this.training = new Training(console);
    }

    @Override
    public Integer call() throws IOException {
        RunCatalog runs = RunCatalog.of(System.getenv());
        Recipe chosen = Recipes.named(recipe);
        RunConfig asked = RunConfig.of(chosen, DataFiles.name(data), seed, settings());
        DataSource source = training.data(asked);
        Fitting fitting = Fitting.of(chosen, source, settings());
        RunConfig config = fitting.config(asked, source, settings());
        Path place = out == null ? runs.place(config, LocalDateTime.now(ZoneId.systemDefault())) : out;
        RunDirectory run = new RunDirectory(place, config);
        if (!fitting.reason().isEmpty()) {
            training.note(fitting.reason());
        }
        try (Session session = training.open(run, source)) {
            session.rehearse();
            run.begin(session.device(), session.spec());
            if (!notLast) {
                runs.remember(run);
            }
            return training.complete(session, RunCatalog.LAST);
        }
    }

    private Map<String, String> settings() {
        Map<String, String> all = given.map();
        Setting.put("epochs", epochs, all);
        Setting.put("pixels", pixels, all);
        all.putAll(reading.map());
        return all;
    }
}
