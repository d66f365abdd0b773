package dev.elbo.cli;

import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.recipe.Recipes;
import dev.elbo.run.RunCatalog;
import dev.elbo.run.RunConfig;
import dev.elbo.run.RunDirectory;
import dev.elbo.run.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
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
            "Settings are those of the recipe ('elbo recipes vae' lists them) and of the training:",
            "  elbo train vae --data mnist --set hidden=512,256 --set 'beta=linear(0, 1, 10)'"
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
                    "What to train on: ${COMPLETION-CANDIDATES}, a folder of images (a sub-folder for each class),"
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

    @Option(
            names = "--image-size",
            paramLabel = "N",
            description = "Crop and resize the images of a folder to N × N pixels; 64x48 gives width and height.")
    private @Nullable String imageSize;

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
        RunConfig asked = RunConfig.of(Recipes.named(recipe), DataFiles.name(data), seed, settings());
        DataSource source = training.data(asked);
        RunConfig config = suited(asked, source.spec());
        Path place = out == null ? runs.place(config, LocalDateTime.now(ZoneId.systemDefault())) : out;
        RunDirectory run = new RunDirectory(place, config);
        try (Session session = training.open(run, source)) {
            run.begin(session.device(), session.spec());
            if (!notLast) {
                runs.remember(run);
            }
            return training.complete(session, RunCatalog.LAST);
        }
    }

    /** With options that suit the data where nothing is said of them, and told so. */
    private RunConfig suited(RunConfig asked, DataSpec spec) {
        Map<String, String> chosen = new LinkedHashMap<>(asked.recipe().suited(spec));
        chosen.keySet().removeAll(settings().keySet());
        if (chosen.isEmpty()) {
            return asked;
        }
        chosen.forEach((name, value) -> training.note(name + "=" + value + ", which suits these data"));
        Map<String, String> all = settings();
        all.putAll(chosen);
        return RunConfig.of(Recipes.named(recipe), asked.data(), seed, all);
    }

    private Map<String, String> settings() {
        Map<String, String> all = given.map();
        Setting.put("epochs", epochs, all);
        Setting.put("pixels", pixels, all);
        Setting.put("imageSize", imageSize, all);
        return all;
    }
}
