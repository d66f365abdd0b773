package dev.elbo.cli;

import dev.elbo.run.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The split of the data that a command is about. */
final class ChosenSplit {
    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            description = "test, validation or train. Default: test if there is one, else validation, else train.")
    private @Nullable String name;

    /** Its name. */
    String of(Session session) {
        return name == null ? session.heldOut() : name;
    }
}
