package dev.elbo.cli;

import dev.elbo.bench.Finding;
import picocli.CommandLine.Option;

/** Whether a command prints for a program in the place of a person. */
final class Json {
    @Option(names = "--json", description = "Print one JSON object.")
    private boolean wanted;

    boolean isWanted() {
        return wanted;
    }

    /** Prints what a benchmark found. */
    void say(Finding finding, Console console) {
        if (wanted) {
            console.say(finding.toJson());
        } else {
            console.say(finding.describe());
        }
    }
}
