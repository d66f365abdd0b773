package dev.elbo.cli;

import dev.elbo.handbook.pages.Book;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the handbook's sources lie. */
final class GivenBook {
    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "Elbo's own folder, which holds docs/handbook. Default: the folder that this is typed in.")
    private Path root = Path.of("");

    Book book() {
        Book book = new Book(root.toAbsolutePath().normalize());
        if (!Files.isDirectory(book.folder())) {
            throw new IllegalArgumentException(
                    "there is no handbook in " + book.root() + "; go to Elbo's own folder, or name it by --root");
        }
        return book;
    }
}
