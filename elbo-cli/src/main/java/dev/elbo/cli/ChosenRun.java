package dev.elbo.cli;

import dev.elbo.run.RunCatalog;
import dev.elbo.run.RunDirectory;
import java.io.IOException;
import picocli.CommandLine.Parameters;

/** The run that a command is about. */
final class ChosenRun {
    @Parameters(
            paramLabel = "RUN",
            description =
                    "A run: its directory, its name in $$ELBO_RUNS or else ./runs, 'last', or 'model:NAME' as 'models' lists them.")
    private String name = "";

    /** What it was called by. */
    String name() {
        return name;
    }

    /**
     * Opens its directory.
     *
     * @throws IllegalArgumentException if there is no such run
     */
    RunDirectory open() throws IOException {
        return RunCatalog.of(System.getenv()).open(name);
    }
}
