package dev.elbo.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code elbo} command; exits with 0, with 1 for a failure, with 2 for wrong usage. */
@Command(
        name = "elbo",
        description = "Train, evaluate and sample variational autoencoders.",
        version = "elbo 0.1.0",
        mixinStandardHelpOptions = true)
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}
