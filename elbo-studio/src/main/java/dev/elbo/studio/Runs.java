package dev.elbo.studio;

import dev.elbo.option.NearestName;
import dev.elbo.run.RunCatalog;
import dev.elbo.run.RunDirectory;
import dev.elbo.run.ShippedModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The runs that the studio knows: those that lie in the catalog's folder, and the shipped models. A client names a run by a name of
 * this list, and no name becomes a path. A configuration is read anew when its file has changed.
 */
final class Runs {
    private final RunCatalog catalog;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** @param stamp changes when the file of its configuration does */
    private record Known(String stamp, RunDirectory run) {}

    Runs(RunCatalog catalog) {
        this.catalog = catalog;
    }

    RunCatalog catalog() {
        return catalog;
    }

    /** The names of all, shipped models last. */
    List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path run : catalog.all()) {
            if (liesWithin(run)) {
                names.add(nameOf(run));
            }
        }
        for (String model : catalog.models().names()) {
            names.add(ShippedModels.PREFIX + model);
        }
        known.keySet().retainAll(names);
        return names;
    }

    private boolean liesWithin(Path run) throws IOException {
        return run.toRealPath().startsWith(catalog.folder().toRealPath());
    }

    private static String nameOf(Path run) {
        return Objects.requireNonNull(run.getFileName()).toString();
    }

    /**
     * Opens the run of a name.
     *
     * @throws Refusal if there is none of this name
     */
    RunDirectory open(String name) throws IOException {
        List<String> names = names();
        if (!names.contains(name)) {
            throw Refusal.unknown(
                    NearestName.message("run", name, names) + "; perhaps it was deleted: go back to all runs");
        }
        return listed(name);
    }

    /**
     * Opens the run of a name that {@link #names} has given just now.
     *
     * @throws IOException if it was deleted since, or its configuration cannot be read
     */
    RunDirectory listed(String name) throws IOException {
        Path place = place(name);
        String stamp = RunFeed.stamp(place.resolve("config.json"));
        Known before = known.get(name);
        if (before != null && before.stamp.equals(stamp)) {
            return before.run;
        }
        RunDirectory run = RunDirectory.open(place);
        known.put(name, new Known(stamp, run));
        return run;
    }

    /** Where the run of a name that {@link #names} has given lies. */
    Path place(String name) {
        return ShippedModels.isName(name)
                ? catalog.models().folder().resolve(name.substring(ShippedModels.PREFIX.length()))
                : catalog.folder().resolve(name);
    }
}
