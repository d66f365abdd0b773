package dev.elbo.cli;

import dev.elbo.data.DataCache;
import dev.elbo.data.DataCatalog;
import dev.elbo.data.DataSet;
import dev.elbo.data.DataSource;
import dev.elbo.data.Reading;
import dev.elbo.run.RunDirectory;
import dev.elbo.tensor.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command has its data from. */
final class DataFiles {
    private final Console console;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description =
                    "A folder with the files of a published set, which is asked before the network where they are not in the cache yet;"
                            + " a folder of your own is --data. Default: $$ELBO_DATA.")
    private @Nullable Path folder;

    DataFiles(Console console) {
        this.console = console;
    }

    /** The data of a run; they are fetched, and that is shown, if they have never been. */
    DataSource open(RunDirectory run) throws IOException {
        try {
            DataSource source = open(run.config().data(), run.config().reading());
            if (RunDirectory.isRun(run.path()) && !areItsOwn(run)) {
                source.notes().forEach(note -> console.note("data: " + note)); // of the run's own its training told
            }
            return source;
        } catch (IllegalArgumentException missing) {
            if (!areGone(run)) {
                throw missing;
            }
            throw new IllegalArgumentException(
                    missing.getMessage() + "; put this run's data back, or say with --data where they are", missing);
        }
    }

    /**
     * Whether a run's own data, a file or folder, are no longer where they were. A shipped model has what they are called in the place of
     * where they were.
     */
    boolean areGone(RunDirectory run) throws IOException {
        String data = run.config().data();
        boolean isFile = DataCatalog.standard().find(data).isEmpty()
                && (run.isShipped() || Path.of(data).isAbsolute());
        return isFile && !Files.exists(Path.of(data)) && areItsOwn(run);
    }

    /** Whether a run's file names its data, and not an option of this command. */
    private static boolean areItsOwn(RunDirectory run) throws IOException {
        return RunDirectory.isRun(run.path())
                && RunDirectory.open(run.path())
                        .config()
                        .data()
                        .equals(run.config().data());
    }

    /** Data by their name or path. */
    DataSource open(String nameOrPath, Reading reading) throws IOException {
        sayIfTheFolderIsNotAsked(nameOrPath);
        DataSource source = DataCatalog.standard().open(nameOrPath, cache(), reading);
        source.train().isHeldOn(Device.CPU); // refuses a wrong ELBO_DATA_MEMORY before a run begins
        return source;
    }

    private void sayIfTheFolderIsNotAsked(String nameOrPath) throws IOException {
        Optional<DataSet> set = DataCatalog.standard().find(nameOrPath);
        if (folder == null) {
            return;
        }
        if (set.isEmpty()) {
            console.note("--data-dir is for published sets, and not looked at: " + nameOrPath + " is none");
        } else if (!set.get().files().isEmpty() && cache().holds(set.get())) {
            console.note("--data-dir is not looked at: " + nameOrPath + " is in the cache already");
        }
    }

    /** The name of a known data set, or else an absolute path: a run may be resumed from another folder. */
    static String name(String data) {
        boolean known = DataCatalog.standard().find(data).isPresent();
        boolean name = !data.contains("/") && !Files.exists(Path.of(data));
        return known || name ? data : Path.of(data).toAbsolutePath().normalize().toString();
    }

    private DataCache cache() {
        DataCache cache = DataCache.of(System.getenv(), new FetchView(console));
        return folder == null ? cache : cache.supplied(folder);
    }
}
