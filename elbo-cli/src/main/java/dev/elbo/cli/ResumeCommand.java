package dev.elbo.cli;

import dev.elbo.run.RunDirectory;
import dev.elbo.run.RunSummary;
import dev.elbo.run.Session;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Goes on with a run. */
@Command(
        name = "resume",
        description = {
            "Go on with a run from its latest checkpoint.",
            "To its end or further; then it is evaluated, drawn and reported as by 'train'.",
            "With the settings, threads, device and data that it had; what differs is said, and other data are refused."
        },
        footer = {"", "For 40 epochs in all: ${ROOT-COMMAND-NAME} resume last --epochs 40"})
final class ResumeCommand implements Callable<Integer> {
    @Mixin
    private final ChosenRun chosen = new ChosenRun();

    @Mixin
    private final MovedData moved = new MovedData();

    @Mixin
    private final Training training;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "How often the training set is seen in all. Default: as often as the run was to see it.")
    private @Nullable Double epochs;

    @Option(names = "--changed-data", description = "Go on although the data are others than the run was begun with.")
    private boolean changedData;

    ResumeCommand(Console console) {
        this.training = new Training(console);
    }

    @Override
    public Integer call() throws IOException {
        RunDirectory run = moved.of(chosen.open());
        run.requireIdle();
        if (epochs != null) {
            requireMore(run, epochs);
            run = new RunDirectory(run.path(), run.config().epochs(epochs));
        }
        try (Session session = training.reopen(run, changedData)) {
            run.reconfigure(run.config()); // now that nothing refuses it
            return training.complete(session, chosen.name());
        }
    }

    private static void requireMore(RunDirectory run, double epochs) throws IOException {
        RunSummary summary = RunSummary.of(run);
        double trained = summary.epochs();
        if (summary.isInLaterStage()) {
            throw new IllegalArgumentException("the stage that --epochs is the length of is over after "
                    + Quantity.epochs(run.config().training().epochs())
                    + ", and another has begun; leave --epochs out, or train a new run with it");
        }
        if (epochs < trained) {
            throw new IllegalArgumentException("the run was trained for " + Quantity.epochs(trained)
                    + " already; give --epochs more, or leave it out");
        }
    }
}
