package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes a run's report anew. */
@Command(
        name = "report",
        description = "Write a run's report.html anew, from its files as they are.",
        footer = {
            "",
            "The run that was begun last: ${ROOT-COMMAND-NAME} report last",
            "",
            "--json prints {\"report\": PATH}."
        })
final class ReportCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ChosenRun chosen = new ChosenRun();

    @Mixin
    private final Json json = new Json();

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        String report = chosen.open().writeReport().toString();
        if (json.isWanted()) {
            console.say(JsonNodeFactory.instance.objectNode().put("report", report));
        } else {
            console.say(report);
        }
        return 0;
    }
}
