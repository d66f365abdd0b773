package dev.elbo.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes what a shell needs to complete the words of this command line. */
@Command(
        name = "completion",
        description = "Print a script by which Bash and Zsh complete words.",
        footer = {"", "For this shell: source <(${ROOT-COMMAND-NAME} completion)"})
final class CompletionCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private @Nullable CommandSpec spec;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.say(
                AutoComplete.bash("elbo", Objects.requireNonNull(spec).root().commandLine()));
        return 0;
    }
}
