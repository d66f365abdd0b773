package dev.elbo.data;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A .zip on a web server.
 *
 * @param archive its address
 * @param folder where in the archive the files lie
 */
record WebArchive(URI archive, String folder) implements Source {
    @Override
    public String title() {
        return archive.toString();
    }

    @Override
    public Delivery open(Path scratch) throws IOException {
        Path zip = scratch.resolve("archive.zip");
        try (InputStream in = new WebSource(archive).read(archive)) {
            Files.copy(in, zip);
        }
        return name -> {
            try (FileSystem files = FileSystems.newFileSystem(zip)) {
                return new FolderSource(files.getPath(folder), "").open(scratch).read(name);
            }
        };
    }
}
