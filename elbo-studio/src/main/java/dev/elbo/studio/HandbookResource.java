package dev.elbo.studio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.handbook.pages.Book;
import dev.elbo.handbook.pages.Site;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The handbook's pages as HTML, and its figures; what is asked for is looked up in the list of files. */
final class HandbookResource {
    private static final Set<String> LANGUAGES = Set.of("en", "zh");
    private static final Map<String, String> TYPES = Map.of("svg", "image/svg+xml", "png", "image/png");

    private final Book book;

    HandbookResource(Path root) {
        this.book = new Book(root.toAbsolutePath().normalize());
    }

    void register(Routes routes) {
        routes.get("/handbook/{language}", answer -> Answers.json(answer, contents(answer.pathParam("language"))));
        routes.get("/handbook/{language}/{page}", this::page);
        routes.get("/handbook-figures/{figure}", this::figure);
    }

    private ObjectNode contents(String language) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode pages = json.putArray("pages");
        for (Path file : files(folder(language), ".md")) {
            String title = Files.readString(file)
                    .lines()
                    .filter(line -> line.startsWith("# "))
                    .findFirst()
                    .orElse("# " + name(file));
            pages.addObject().put("name", name(file).replace(".md", "")).put("title", title.substring(2));
        }
        return json;
    }

    private Path folder(String language) {
        if (!LANGUAGES.contains(language)) {
            throw Refusal.unknown("the handbook is there in the languages en and zh");
        }
        return book.folder().resolve(language);
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw Refusal.unknown(
                    "the handbook is not at hand: start the studio from Elbo's own folder, which holds docs/handbook");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> name(file).endsWith(ending)).sorted().toList();
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private void page(Context answer) throws IOException {
        Path file = named(files(folder(answer.pathParam("language")), ".md"), answer.pathParam("page") + ".md");
        answer.header("Cache-Control", "no-cache").html(Site.html(Files.readString(file)));
    }

    private void figure(Context answer) throws IOException {
        String asked = answer.pathParam("figure");
        String ending = asked.substring(asked.lastIndexOf('.') + 1);
        if (!TYPES.containsKey(ending)) {
            throw Refusal.unknown("the handbook has no figure of that name");
        }
        Path file = named(files(book.figures(), "." + ending), asked);
        answer.header("Cache-Control", "no-cache")
                .contentType(String.valueOf(TYPES.get(ending)))
                .result(Files.readAllBytes(file));
    }

    private static Path named(List<Path> files, String asked) {
        return files.stream()
                .filter(file -> name(file).equals(asked))
                .findFirst()
                .orElseThrow(() -> Refusal.unknown("the handbook has no page or figure of that name"));
    }
}
