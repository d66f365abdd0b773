package dev.elbo.studio;

import dev.elbo.option.NearestName;
import dev.elbo.run.RunCatalog;
import dev.elbo.run.RunDirectory;
import dev.elbo.run.ShippedModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The runs that the studio knows: those that lie in the catalog's folder, and the shipped models. A client names a run by a name of
 * this list, and no name becomes a path.
 */
record Runs(RunCatalog catalog) {

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
        return ShippedModels.isName(name)
                ? catalog.models().open(name)
                : RunDirectory.open(catalog.folder().resolve(name));
    }
}
