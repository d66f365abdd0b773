package dev.elbo.cli;

import picocli.CommandLine.Option;

/** Whether a command prints for a program in the place of a person. */
final class Json {
    @Option(names = "--json", description = "Print one JSON object.")
    private boolean wanted;

    boolean isWanted() {
        return wanted;
    }
}
