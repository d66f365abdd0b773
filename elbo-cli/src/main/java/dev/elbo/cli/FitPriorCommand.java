package dev.elbo.cli;

import dev.elbo.run.RunConfig;
import dev.elbo.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Learns another prior for a finished run. */
@Command(
        name = "fit-prior",
        description = {
            "Fit another prior to the codes of a finished run, which stays as it is.",
            "A new run is made, with the same model and that prior; all commands that take a run take it: sample, evaluate,"
                    + " report, … Codes may be points, as of rae: 'evaluate' then says how well the prior knows them."
        },
        footer = {
            "",
            "Samples from where the codes of a run are, and no longer from N(0, I):",
            "  ${ROOT-COMMAND-NAME} fit-prior last 'gmm(10)'",
            "  ${ROOT-COMMAND-NAME} fit-prior last 'flow(4)' --epochs 20"
        })
final class FitPriorCommand implements Callable<Integer> {
    @Mixin
    private final ChosenRun chosen = new ChosenRun();

    @Parameters(
            index = "1",
            paramLabel = "PRIOR",
            description =
                    "gmm(10), flow(4), maf(4), two-stage(256), or another that 'prior=' takes: its number in brackets"
                            + " may be another, or be left out.")
    private String prior = "";

    @Mixin
    private final MovedData moved = new MovedData();

    @Mixin
    private final Training training;

    @Option(names = "--epochs", paramLabel = "N", description = "How often the training set is seen. Default: 10.")
    private @Nullable String epochs;

    @Mixin
    private final GivenSettings given = new GivenSettings();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The new run's directory. Default: a new one in $$ELBO_RUNS or else ./runs.")
    private @Nullable Path out;

    FitPriorCommand(Console console) {
        this.training = new Training(console);
    }

    @Override
    public Integer call() throws IOException {
        RunDirectory base = moved.of(chosen.open());
        return training.begin(RunConfig.fitting(base, prior.replaceFirst("^gmm(?=$|\\()", "mixture"), settings()), out);
    }

    private Map<String, String> settings() {
        Map<String, String> all = given.map();
        Setting.put("epochs", epochs, all);
        return all;
    }
}
