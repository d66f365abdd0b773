package dev.elbo.cli;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.RowSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Examples of the data that are like one: sentences by their codes, pictures by their pixels or codes. */
@Command(
        name = "neighbours",
        description = {
            "Show the examples of a split that are nearest to one of your own or to samples of the model, the nearest first, with their",
            "distances. Sentences are near by their codes. Pictures are near by their pixels, as the root mean squared difference from 0 to 1, or",
            "by their codes, and are drawn: a row each, first the picture, then its neighbours."
        },
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} neighbours last --text 'the food was good .'",
            "  ${ROOT-COMMAND-NAME} neighbours last --picture photo.jpg --count 8 --out near.png",
            "  ${ROOT-COMMAND-NAME} neighbours last --samples 6 --seed 2",
            "",
            "--json prints {\"neighbours\": [{\"distance\": NUMBER, \"text\": SENTENCE, \"label\": CLASS}, …]}, label where there is one; of pictures",
            "{\"file\": PATH, \"neighbours\": [[{\"row\": N, \"distance\": NUMBER, \"label\": CLASS, \"file\": NAME}, …], …]}, a list for each row."
        })
final class NeighboursCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final LoadedRun run;

    /** The things whose neighbours are looked for. */
    static final class Asked {
        @Option(names = "--text", paramLabel = "SENTENCE", required = true, description = "A sentence of your own.")
        private @Nullable String text;

        @Option(names = "--picture", paramLabel = "FILE", required = true, description = "A picture of your own.")
        private @Nullable Path picture;

        @Option(
                names = "--samples",
                paramLabel = "N",
                required = true,
                description = "Pictures that the model makes of chance: does it repeat what it has learned from?")
        private int samples;
    }

    @ArgGroup(multiplicity = "1")
    private Asked asked = new Asked();

    @Option(names = "--count", paramLabel = "N", description = "How many neighbours. Default: ${DEFAULT-VALUE}.")
    private int count = 10;

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            description =
                    "test, validation or train. Default: of pictures train; of text test if there is one, else validation, else train.")
    private @Nullable String split;

    @Option(
            names = "--by",
            paramLabel = "pixels|code",
            description = "What makes pictures near. Default: ${DEFAULT-VALUE}.")
    private PictureNeighbours.By by = PictureNeighbours.By.PIXELS;

    @Option(names = "--seed", paramLabel = "S", description = "Of the samples. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "The PNG file of pictures. Default: one in the run's figures; of a shipped model, in this directory.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    NeighboursCommand(Console console) {
        this.console = console;
        this.run = new LoadedRun(console);
    }

    @Override
    public Integer call() throws IOException {
        new Range("--count", 1, 10_000).require(count);
        if (asked.text == null) {
            return ofPictures();
        }
        try (Session session = run.load()) {
            Texts texts = Texts.of(session.generator());
            float[] code = texts.codes(List.of(asked.text)).toFloats();
            Unknown.note(texts, List.of(asked.text), console);
            String chosen = split == null ? session.heldOut() : split;
            Codes codes = session.codes(chosen);
            show(codes, new CodeSpace(codes).nearest(code, count), session.split(chosen), texts);
        }
        return 0;
    }

    private int ofPictures() throws IOException {
        if (asked.picture == null) {
            new Range("--samples", 1, 100).require(asked.samples);
        }
        if (out != null && !out.toString().endsWith(".png")) {
            throw new IllegalArgumentException("--out " + out + ": the file's name must end in .png");
        }
        try (Session session = run.load()) {
            PictureNeighbours pictures = PictureNeighbours.of(session, split == null ? "train" : split, by, count);
            HostArray queries = asked.picture == null
                    ? pictures.samples(asked.samples, seed)
                    : pictures.read(asked.picture, console::note);
            List<List<CodeSpace.Near>> near = pictures.nearest(queries);
            Path file = out == null ? session.run().place("figures/neighbours.png") : out;
            say(pictures.draw(queries, near, file), pictures.told(near));
        }
        return 0;
    }

    private void say(Path file, ArrayNode told) {
        if (json) {
            ObjectNode object = JsonNodeFactory.instance.objectNode().put("file", file.toString());
            object.set("neighbours", told);
            console.say(object);
            return;
        }
        for (JsonNode row : told) {
            StringJoiner distances = new StringJoiner(" ");
            row.forEach(one -> distances.add(String.format(
                    Locale.ROOT,
                    "%.3f%s",
                    one.path("distance").asDouble(),
                    one.has("label") ? "(" + one.path("label").asText() + ")" : "")));
            console.say(distances.toString());
        }
        console.say(file.toString());
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
