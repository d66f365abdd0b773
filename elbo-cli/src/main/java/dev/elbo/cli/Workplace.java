package dev.elbo.cli;

import dev.elbo.data.DataSource;
import dev.elbo.run.RunDirectory;
import dev.elbo.run.Session;
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

    /** A run at work, with its first weights. */
    Session open(RunDirectory run) throws IOException {
        for (Path damaged : run.checkpoints().damaged()) {
            console.note(damaged + " is damaged, it differs from its manifest; it is left out");
        }
        compute.validate();
        DataSource data = files.open(run.config()); // while the native libraries load
        return new Session(run, data, compute.device());
    }
}
