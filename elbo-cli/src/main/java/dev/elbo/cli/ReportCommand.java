package dev.elbo.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes a run's report anew. */
@Command(name = "report", description = "Write a run's report.html anew, from its files as they are.")
final class ReportCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ChosenRun chosen = new ChosenRun();

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        console.say(chosen.open().writeReport().toString());
        return 0;
    }
}
