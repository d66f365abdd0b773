package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.elbo.handbook.pages.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the handbook as a site to be read in a browser. */
@Command(
        name = "site",
        description = "Write the handbook as a folder of HTML, to be read in a browser without a network.",
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} handbook site --out handbook",
            "",
            "--json prints {\"first\": the page to open}."
        })
final class HandbookSiteCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "handbook",
            description = "Where the site goes. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("handbook");

    @Mixin
    private final GivenBook given = new GivenBook();

    @Mixin
    private final Json json = new Json();

    HandbookSiteCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Path first = Site.write(given.book(), out);
        if (json.isWanted()) {
            console.say(JsonNodeFactory.instance.objectNode().put("first", first.toString()));
        } else {
            console.say(first.toString());
        }
        return 0;
    }
}
