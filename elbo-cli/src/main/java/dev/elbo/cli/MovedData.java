package dev.elbo.cli;

import dev.elbo.run.RunDirectory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the data of a run are, if they are no longer where they were. */
final class MovedData {
    @Option(
            names = "--data",
            paramLabel = "DATA",
            completionCandidates = Names.OfData.class,
            description = "Where the run's data are by now. Default: where they were.")
    private @Nullable String data;

    /** The run with its data there. */
    RunDirectory of(RunDirectory run) {
        return data == null ? run : new RunDirectory(run.path(), run.config().withData(DataFiles.name(data)));
    }
}
