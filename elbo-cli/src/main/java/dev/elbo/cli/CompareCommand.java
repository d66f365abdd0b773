package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.figure.Comparison;
import dev.elbo.run.RunCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts runs beside each other. */
@Command(
        name = "compare",
        description = {
            "Put runs beside each other: what was measured, how it went, and the options that differ.",
            "As text; with --out, as one HTML page with curves over each other, that needs no other file."
        },
        footer = {"", "Two runs on a page: elbo compare vae-a vae-b --out compare.html"})
final class CompareCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "RUN",
            arity = "1..*",
            description =
                    "Two runs or more: each its directory, its name in $$ELBO_RUNS or else ./runs, 'last' or 'model:NAME'.")
    private final List<String> names = new ArrayList<>();

    @Option(names = "--out", paramLabel = "FILE", description = "The .html file to write.")
    private @Nullable Path file;

    @Option(
            names = "--json",
            description = {
                "Print one JSON object: {\"runs\": [{\"name\", \"path\", \"recipe\", \"data\", \"pixels\", \"epochs\","
                        + " \"seconds\", \"measuredOn\", \"figures\": {\"negElbo\": nats, ...}, \"validation\":"
                        + " [{\"step\", \"epoch\", \"negElbo\", ...}]}], \"differences\": {OPTION: {RUN: value}},"
                        + " \"notes\": [...]}; and \"file\" with --out."
            })
    private boolean json;

    CompareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (file != null && !file.toString().endsWith(".html")) {
            throw new IllegalArgumentException("--out " + file + ": the file's name must end in .html");
        }
        Comparison comparison = Comparison.of(directories());
        if (file != null) {
            comparison.write(file);
        }
        if (json) {
            ObjectNode node = comparison.toJson();
            console.say(file == null ? node : node.put("file", file.toString()));
        } else if (file != null) {
            console.say(file.toString());
        } else {
            say(comparison);
        }
        return 0;
    }

    private List<Path> directories() throws IOException {
        RunCatalog catalog = RunCatalog.of(System.getenv());
        List<Path> directories = new ArrayList<>();
        for (String name : names) {
            directories.add(catalog.open(name).path());
        }
        return directories;
    }

    private void say(Comparison comparison) {
        table(comparison.figures());
        if (!comparison.course().isEmpty()) {
            console.say("");
            console.say(console.bright("−ELBO on the validation set"));
            table(comparison.course());
        }
        console.say("");
        if (comparison.differences().size() == 1) {
            console.say("no options differ");
        } else {
            table(comparison.differences());
        }
        comparison.notes().forEach(note -> console.note("note: " + note));
    }

    private void table(List<List<String>> rows) {
        Table table = new Table();
        rows.forEach(row -> table.row(row.toArray(String[]::new)));
        table.lines().forEach(console::say);
    }
}
