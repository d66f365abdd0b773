package dev.elbo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where the files of published data sets are kept: a folder for each data set, with its files not compressed,
 * checked against their checksums, and its licence. Several processes may use it at once.
 *
 * @param root the folder that has the data sets' folders in it
 * @param supplied a folder with files supplied by hand, which is tried before any other source
 * @param listener is told what happens while something is fetched
 */
public record DataCache(Path root, Optional<Path> supplied, Consumer<FetchEvent> listener) {
    /**
     * The cache that the environment asks for: in {@code ELBO_HOME} or else ~/.cache/elbo, with files supplied
     * in {@code ELBO_DATA}.
     *
     * @param environment as of {@link System#getenv()}
     */
    public static DataCache of(Map<String, String> environment, Consumer<FetchEvent> listener) {
        return new DataCache(home(environment).resolve("data"), variable(environment, "ELBO_DATA"), listener);
    }

    /**
     * The folder for what Elbo keeps from one use to the next: {@code ELBO_HOME} or else ~/.cache/elbo.
     *
     * @param environment as of {@link System#getenv()}
     */
    public static Path home(Map<String, String> environment) {
        return variable(environment, "ELBO_HOME")
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "elbo"));
    }

    private static Optional<Path> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    /** This cache with files supplied in another folder. */
    public DataCache supplied(Path folder) {
        return new DataCache(root, Optional.of(folder), listener);
    }

    /**
     * The folder with all files of a data set; those that are missing or damaged are fetched first.
     *
     * @throws DataUnavailableException if no source has them
     * @throws IOException if they cannot be stored
     */
    public Path fetch(DataSet set) throws IOException {
        Path folder = folder(set);
        if (!holds(set)) {
            create(folder);
            CacheLock.hold(
                    folder.resolve(".lock"),
                    () -> listener.accept(new FetchEvent.Waiting(set.name())),
                    () -> new Fetch(set, folder, listener).from(sources(set)));
        }
        return folder;
    }

    /**
     * The folder in which the user has put a data set that is not to be fetched.
     *
     * @throws IllegalArgumentException if none is named, or it is not there
     */
    Path suppliedFolder(DataSet set) {
        Path folder = supplied.orElseThrow(() -> new IllegalArgumentException(set.name()
                + " is not to be fetched: say in which folder it is, as by --data-dir FOLDER; './elbo data "
                + set.name()
                + "' tells what must be there"));
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("--data-dir " + folder + ": there is no such folder");
        }
        Path own = folder.resolve(set.name());
        return Files.isDirectory(own) ? own : folder;
    }

    private static void create(Path folder) throws StorageException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StorageException(folder, e);
        }
    }

    /** Whether all files of a data set are here and, as far as their stamps tell, right. */
    public boolean holds(DataSet set) throws IOException {
        for (DataFile file : set.files()) {
            if (!new CachedFile(folder(set), file).isIntact()) {
                return false;
            }
        }
        return true;
    }

    /** The files of a data set that are missing or damaged, found by reading all of them. */
    public List<DataFile> damaged(DataSet set) throws IOException {
        List<DataFile> damaged = new ArrayList<>();
        for (DataFile file : set.files()) {
            if (!new CachedFile(folder(set), file).isIntactByContent()) {
                damaged.add(file);
            }
        }
        return damaged;
    }

    /** The folder for a data set, whether or not it is there. */
    public Path folder(DataSet set) {
        return root.resolve(set.name());
    }

    private List<Source> sources(DataSet set) {
        List<Source> sources = new ArrayList<>();
        supplied.ifPresent(folder -> sources.add(new FolderSource(folder, set.name())));
        sources.addAll(set.sources());
        return sources;
    }
}
