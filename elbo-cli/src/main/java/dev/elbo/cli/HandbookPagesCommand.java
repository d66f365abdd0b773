package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.handbook.pages.Book;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Brings quoted code, numbers and links of the handbook's pages up to date, and says what is wrong with them. */
@Command(
        name = "pages",
        description =
                "Bring quoted code, numbers and links to lines of the handbook's pages up to date; say what is wrong with the"
                        + " pages. Ends with 1 if anything is.",
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} handbook pages",
            "",
            "--json prints {\"written\": [FILE, …], \"faults\": [SENTENCE, …]}."
        })
final class HandbookPagesCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final GivenBook given = new GivenBook();

    @Mixin
    private final Json json = new Json();

    HandbookPagesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Book book = given.book();
        List<Path> written = book.refresh();
        List<String> faults = book.faults();
        if (json.isWanted()) {
            ObjectNode found = JsonNodeFactory.instance.objectNode();
            found.putArray("written");
            found.putArray("faults");
            written.forEach(file -> found.withArray("written").add(file.toString()));
            faults.forEach(fault -> found.withArray("faults").add(fault));
            console.say(found);
        } else {
            written.forEach(file -> console.say("written anew: " + book.root().relativize(file)));
            faults.forEach(console::say);
            if (faults.isEmpty()) {
                console.say(book.pages().size() + " pages, nothing wrong with them");
            }
        }
        return faults.isEmpty() ? 0 : 1;
    }
}
