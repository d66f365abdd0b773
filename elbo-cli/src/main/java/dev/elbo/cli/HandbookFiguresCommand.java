package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Handbook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes all figures of the handbook. */
@Command(
        name = "figures",
        description =
                "Make all figures of the handbook, and the numbers that its pages tell; bring the pages up to date after that"
                        + " with 'handbook pages'.",
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} handbook figures",
            "  ${ROOT-COMMAND-NAME} handbook figures --small --out figures",
            "",
            "--json prints {\"folder\", \"figures\": [{\"name\", \"seconds\"}, …]}."
        })
final class HandbookFiguresCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the files go. Default: docs/handbook/figures of Elbo's own folder.")
    private @Nullable Path out;

    @Option(names = "--small", description = "Compute just enough to see that they run.")
    private boolean small;

    @Mixin
    private final GivenBook given = new GivenBook();

    @Mixin
    private final Json json = new Json();

    HandbookFiguresCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Path folder = out == null ? given.book().figures() : out;
        ObjectNode made = JsonNodeFactory.instance.objectNode().put("folder", folder.toString());
        List<Experiment> experiments = Handbook.experiments();
        for (int i = 0; i < experiments.size(); i++) {
            Experiment experiment = experiments.get(i);
            long start = System.nanoTime();
            Handbook.write(experiment, small ? Effort.SMALL : Effort.FULL, folder);
            double seconds = (System.nanoTime() - start) / 1e9;
            made.withArray("figures").addObject().put("name", experiment.name()).put("seconds", seconds);
            if (!json.isWanted()) {
                console.say(String.format(
                        Locale.ROOT, "%3d/%d  %-28s %6.1f s", i + 1, experiments.size(), experiment.name(), seconds));
            }
        }
        if (json.isWanted()) {
            console.say(made);
        }
        return 0;
    }
}
