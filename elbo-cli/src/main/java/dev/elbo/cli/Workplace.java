package dev.elbo.cli;

import dev.elbo.run.RunDirectory;
import dev.elbo.run.Session;
import dev.elbo.tensor.Device;
import java.io.IOException;
import picocli.CommandLine.Mixin;

/** What a run needs to be at work: data, and something to compute with. */
final class Workplace {
    @Mixin
    private final Compute compute = new Compute();

    @Mixin
    private final DataFiles files;

    Workplace(Console console) {
        this.files = new DataFiles(console);
    }

    /** A run at work, with its first weights. */
    Session open(RunDirectory run) throws IOException {
        Device device = compute.device();
        return new Session(run, files.open(run.config()), device);
    }
}
