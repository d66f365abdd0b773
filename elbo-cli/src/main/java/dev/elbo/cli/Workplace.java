package dev.elbo.cli;

import dev.elbo.data.DataSource;
import dev.elbo.data.Reading;
import dev.elbo.run.Environment;
import dev.elbo.run.RunConfig;
import dev.elbo.run.RunDirectory;
import dev.elbo.run.Session;
import dev.elbo.run.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
        if (!files.areGone(run) || run.spec().isEmpty()) {
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

    /**
     * A run at work that goes on: on its device and with its threads unless others were asked for, and else it is said in
     * what it differs from before.
     *
     * @throws IllegalArgumentException if its device is not there
     */
    Session reopen(RunDirectory run) throws IOException {
        Environment before = run.environment();
        compute.keep(before);
        Session session = open(run);
        List<String> differences = before.differences(Environment.now(session.device()));
        if (!differences.isEmpty()) {
            console.note(
                    "not as before, so that figures go on a little differently: " + String.join("; ", differences));
        }
        return session;
    }

    /**
     * A run at work, with its first weights.
     *
     * @throws IllegalArgumentException if its data are not there, or do not fit
     */
    Session open(RunDirectory run) throws IOException {
        compute.validate();
        return open(run, files.open(run)); // while the native libraries load
    }

    /** A run at work on its data, with its first weights. */
    Session open(RunDirectory run, DataSource data) throws IOException {
        noteDamaged(run);
        WholeNames.require(data.spec());
        return new Session(run, data, compute.device());
    }

    /** A run's text with all its words, also those that its model reads as unknown. */
    DataSource wholeText(RunDirectory run) throws IOException {
        return files.open(run.config().data(), withAllWords(run.config().reading()));
    }

    /** Text with all its words, of no run. */
    DataSource wholeText(String data, Reading reading) throws IOException {
        DataSource text = files.open(data, withAllWords(reading));
        text.notes().forEach(note -> console.note("data: " + note));
        return text;
    }

    private static Reading withAllWords(Reading reading) {
        return reading.texts(reading.longest(), Integer.MAX_VALUE, 1);
    }

    /** The data of a run that is to begin. */
    DataSource data(RunConfig config) throws IOException {
        compute.validate();
        return files.open(config.data(), config.reading()); // while the native libraries load
    }
}
