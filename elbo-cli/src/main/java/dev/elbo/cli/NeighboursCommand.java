package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.Split;
import dev.elbo.generate.Generator;
import dev.elbo.generate.Shown;
import dev.elbo.generate.Texts;
import dev.elbo.run.CodeSpace;
import dev.elbo.run.Codes;
import dev.elbo.run.Session;
import dev.elbo.tensor.RowSource;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sentences of the data that a model thinks are like one. */
@Command(
        name = "neighbours",
        description = {
            "Show the sentences of a split whose codes lie nearest to that of a sentence of your own, the nearest first, each behind",
            "the distance of its code."
        },
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} neighbours last --text 'the food was good .'",
            "  ${ROOT-COMMAND-NAME} neighbours last --text 'the food was good .' --split train --count 5",
            "",
            "--json prints {\"neighbours\": [{\"distance\": NUMBER, \"text\": SENTENCE, \"label\": CLASS}, …]}, label where there is one."
        })
final class NeighboursCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final LoadedRun run;

    @Option(names = "--text", paramLabel = "SENTENCE", required = true, description = "A sentence of your own.")
    private String text = "";

    @Option(names = "--count", paramLabel = "N", description = "How many neighbours. Default: ${DEFAULT-VALUE}.")
    private int count = 10;

    @Mixin
    private final ChosenSplit split = new ChosenSplit();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    NeighboursCommand(Console console) {
        this.console = console;
        this.run = new LoadedRun(console);
    }

    @Override
    public Integer call() throws IOException {
        new Range("--count", 1, 10_000).require(count);
        try (Session session = run.load()) {
            Texts texts = Texts.of(session.generator());
            float[] code = texts.codes(List.of(text)).toFloats();
            Unknown.note(texts, List.of(text), console);
            String chosen = split.of(session);
            Codes codes = session.codes(chosen);
            show(codes, new CodeSpace(codes).nearest(code, count), session.split(chosen), texts);
        }
        return 0;
    }

    private void show(Codes codes, List<CodeSpace.Near> nearest, Split rows, Texts texts) {
        RowSource all = Objects.requireNonNull(rows.fields().get(texts.field()));
        List<String> labels = codes.about().getOrDefault("label", List.of());
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (CodeSpace.Near near : nearest) {
            Shown.Text line = (Shown.Text) Generator.show(texts.tokens(), all.rows(near.row(), near.row() + 1L));
            ObjectNode one = list.addObject()
                    .put("distance", near.distance())
                    .put("text", line.lines().get(0));
            if (!labels.isEmpty()) {
                one.put("label", labels.get(near.row()));
            }
            if (!json) {
                console.say(String.format(
                        Locale.ROOT, "%6.2f  %s", near.distance(), line.lines().get(0)));
            }
        }
        if (json) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            object.set("neighbours", list);
            console.say(object);
        }
    }
}
