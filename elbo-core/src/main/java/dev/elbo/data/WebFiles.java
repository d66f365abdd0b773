package dev.elbo.data;

import java.net.URI;
import java.nio.file.Path;

/**
 * A folder of a web server, with files as they are.
 *
 * @param folder its address, ending in "/"
 */
record WebFiles(String folder) implements Source {
    @Override
    public String title() {
        return folder;
    }

    @Override
    public Delivery open(Path scratch) {
        URI home = URI.create(folder);
        return name -> new WebSource(home).read(home.resolve(name));
    }
}
