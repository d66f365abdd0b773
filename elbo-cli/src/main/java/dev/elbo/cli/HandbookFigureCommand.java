package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.elbo.handbook.Effort;
import dev.elbo.handbook.Experiment;
import dev.elbo.handbook.Handbook;
import dev.elbo.handbook.draw.Language;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes one figure of the handbook. */
@Command(
        name = "figure",
        description = "Make one figure of the handbook: NAME.en.svg, NAME.zh.svg and its numbers, NAME.json.",
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} handbook figure three-elbos --out figures",
            "",
            "--json prints {\"name\", \"files\": [FILE, …], \"seconds\"}."
        })
final class HandbookFigureCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "NAME",
            completionCandidates = Names.OfFigures.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private @Nullable String name;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where its files go. Default: docs/handbook/figures of Elbo's own folder.")
    private @Nullable Path out;

    @Option(names = "--small", description = "Compute just enough to see that it runs.")
    private boolean small;

    @Mixin
    private final GivenBook given = new GivenBook();

    @Mixin
    private final Json json = new Json();

    HandbookFigureCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Experiment experiment = Handbook.named(Objects.requireNonNull(name));
        Path folder = out == null ? given.book().figures() : out;
        long start = System.nanoTime();
        Handbook.write(experiment, small ? Effort.SMALL : Effort.FULL, folder);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (json.isWanted()) {
            var made = JsonNodeFactory.instance.objectNode().put("name", experiment.name());
            files(experiment, folder).forEach(file -> made.withArray("files").add(file));
            console.say(made.put("seconds", seconds));
        } else {
            files(experiment, folder).forEach(console::say);
        }
        return 0;
    }

    private static Stream<String> files(Experiment experiment, Path folder) {
        Stream<String> drawn =
                Stream.of(Language.values()).map(language -> experiment.name() + "." + language.code() + ".svg");
        return Stream.concat(drawn, Stream.of(experiment.name() + ".json"))
                .map(file -> folder.resolve(file).toString());
    }
}
