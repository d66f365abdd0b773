package dev.elbo.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder that is gone when it is closed, with all that is in it.
 *
 * @param folder the folder
 */
public record Scratch(Path folder) implements AutoCloseable {

    /** A new one among the system's temporary files. */
    public static Scratch create() throws IOException {
        return new Scratch(Files.createTempDirectory("elbo-"));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Scratch::delete);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (NoSuchFileException gone) {
            // someone else was faster, and it is what is wanted
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
