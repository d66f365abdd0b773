package dev.elbo.cli;

import dev.elbo.data.DataSource;
import dev.elbo.run.RunConfig;
import dev.elbo.run.RunDirectory;
import dev.elbo.run.Session;
import dev.elbo.run.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;

/** What a run needs to be at work: data, and something to compute with. */
final class Workplace {
    @Mixin
    private final Compute compute = new Compute();

    @Mixin
    private final DataFiles files;

    private final Console console;

    Workplace(Console console) {
        this.console = console;
        this.files = new DataFiles(console);
    }

    /** A run's best model with its data, or without them if they are gone and the run says what they held. */
    Opened opened(RunDirectory run) throws IOException {
        if (!files.areGone(run.config()) || run.spec().isEmpty()) {
            return Opened.of(open(run).loadBest());
        }
        console.note("this run's data are not at " + run.config().data()
                + "; what shows examples of them needs --data DATA");
        return openedWithoutData(run);
    }

    /** A run's best model; with its data only if the run does not say what they held. */
    Opened openedWithoutData(RunDirectory run) throws IOException {
        if (run.spec().isEmpty()) {
            return Opened.of(open(run).loadBest());
        }
        noteDamaged(run);
        compute.validate();
        return Opened.of(TrainedModel.open(run, compute.device()));
    }

    private void noteDamaged(RunDirectory run) throws IOException {
        for (Path damaged : run.checkpoints().damaged()) {
            console.note(damaged + " is damaged, it differs from its manifest; it is left out");
        }
    }

    /** A run at work, with its first weights. */
    Session open(RunDirectory run) throws IOException {
        noteDamaged(run);
        return open(run, data(run.config()));
    }

    /** The same with data that were opened before. */
    Session open(RunDirectory run, DataSource data) throws IOException {
        return new Session(run, data, compute.device());
    }

    /** The data of a run. */
    DataSource data(RunConfig config) throws IOException {
        compute.validate();
        return files.open(config); // while the native libraries load
    }
}
