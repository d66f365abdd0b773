package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.elbo.run.Invocation;
import dev.elbo.run.RunDirectory;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends a training that another process runs. */
@Command(
        name = "stop",
        description = {
            "End a training that runs in another terminal.",
            "As Ctrl-C does: after the present step, with a checkpoint that 'resume' goes on from."
        },
        footer = {
            "",
            "The run that was begun last: ${ROOT-COMMAND-NAME} stop last",
            "",
            "--json prints {\"run\": PATH}."
        })
final class StopCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ChosenRun chosen = new ChosenRun();

    @Mixin
    private final Json json = new Json();

    StopCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        RunDirectory run = chosen.open();
        run.requestStop();
        if (json.isWanted()) {
            console.say(
                    JsonNodeFactory.instance.objectNode().put("run", run.path().toString()));
            return 0;
        }
        console.say(run.path() + " ends after its present step, with a checkpoint; go on with: "
                + Invocation.ofThisProcess().line("resume", chosen.name()));
        return 0;
    }
}
