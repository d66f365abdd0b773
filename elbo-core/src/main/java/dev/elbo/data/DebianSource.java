package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A package of Debian or of what descends from it, fetched by apt-get and unpacked without being installed.
 *
 * @param packageName the package
 * @param folder where in the package the files lie
 */
record DebianSource(String packageName, String folder) implements Source {
    @Override
    public String title() {
        return "apt-get download " + packageName;
    }

    @Override
    public Delivery open(Path scratch) throws IOException {
        ClientProcess.run(scratch, List.of("apt-get", "download", packageName));
        Path archive = ClientProcess.outcome(scratch, "*.deb");
        ClientProcess.run(scratch, List.of("dpkg-deb", "-x", archive.toString(), "."));
        return new FolderSource(scratch.resolve(folder), packageName).open(scratch);
    }
}
