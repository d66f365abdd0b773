package dev.elbo.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.Field;
import dev.elbo.data.Split;
import dev.elbo.edit.Attribute;
import dev.elbo.edit.Direction;
import dev.elbo.edit.DirectionSearch;
import dev.elbo.edit.Directions;
import dev.elbo.edit.PictureEditor;
import dev.elbo.model.Signature;
import dev.elbo.model.Variable;
import dev.elbo.option.NearestName;
import dev.elbo.run.Session;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds the directions in latent space along which attributes change. */
@Command(
        name = "directions",
        description = {
            "Find the directions in latent space along which attributes of pictures change, and keep them with the run: one for each",
            "class of a field, or for each number of a table (above its mean or not). 'edit' and 'mix' use them.",
            "Printed is how well each tells held-out examples apart: 50 %% is chance, both kinds counted alike."
        },
        footer = {
            "",
            "  ${ROOT-COMMAND-NAME} directions last --by label",
            "  ${ROOT-COMMAND-NAME} directions last --by attributes --method linear",
            "",
            "--json prints {\"file\": PATH, \"directions\": [{\"name\", \"field\", \"called\": as edit --set takes it, \"method\": \"mean\" or",
            "\"linear\", \"accuracy\": 0 to 1, \"heldOut\": EXAMPLES}, …]}, those that were kept before too."
        })
final class DirectionsCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final LoadedRun run;

    @Option(
            names = "--by",
            paramLabel = "FIELD",
            required = true,
            description = "The field that says it: one of classes, a table of numbers, or a column of one.")
    private String by = "";

    @Option(
            names = "--method",
            paramLabel = "mean|linear",
            description = {
                "mean: from the mean code of the examples without it to that of those with it; linear: the normal of the plane by which",
                "logistic regression tells them apart. Default: ${DEFAULT-VALUE}."
            })
    private Direction.Method method = Direction.Method.MEAN;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Examples to learn from and to judge by, at most. Default: ${DEFAULT-VALUE}.")
    private int count = 10_000;

    @Mixin
    private final Json json = new Json();

    DirectionsCommand(Console console) {
        this.console = console;
        this.run = new LoadedRun(console);
    }

    @Override
    public Integer call() throws IOException {
        new Range("--count", 10, 1_000_000).require(count);
        try (Session session = run.load()) {
            PictureEditor.of(session.generator(), Map.of()).requireVectors("a direction");
            List<Direction> found = found(session);
            Directions all =
                    Directions.read(session.run().made(Directions.FILE)).with(found);
            Path file = session.run().place(Directions.FILE);
            all.write(file);
            say(found, all, file);
        }
        return 0;
    }

    private List<Direction> found(Session session) {
        String judging = session.heldOut();
        List<Attribute> learned = attributes(session, session.some("train", count));
        List<Attribute> judged = attributes(session, session.some(judging, count));
        DirectionSearch search = new DirectionSearch(
                session.codes("train", count).centres(),
                session.codes(judging, count).centres());
        List<Direction> found = new ArrayList<>();
        for (int i = 0; i < learned.size(); i++) {
            Attribute attribute = learned.get(i);
            Attribute heldOut = judged.get(i);
            if (!attribute.tellsApart() || !heldOut.tellsApart()) {
                console.note("'" + attribute.name()
                        + "' is said of all examples or of none, of those to learn from or to judge by:"
                        + " it has no direction");
                continue;
            }
            DirectionSearch.Found one = search.find(attribute, heldOut, method);
            found.add(new Direction(
                    attribute.name(),
                    attribute.field(),
                    method,
                    byLatent(session.model().signature(), one.step()),
                    one.accuracy(),
                    heldOut.has().length));
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("--by " + by + ": no attribute tells examples apart");
        }
        return found;
    }

    /** A step through latents side by side, by latent. */
    private static Map<String, float[]> byLatent(Signature signature, float[] step) {
        Map<String, float[]> steps = new LinkedHashMap<>();
        int from = 0;
        for (Variable latent : signature.latents()) {
            int width = (int) latent.shape().elements();
            steps.put(latent.name(), Arrays.copyOfRange(step, from, from + width));
            from += width;
        }
        return steps;
    }

    private List<Attribute> attributes(Session session, Split rows) {
        Map<String, Field> fields = session.spec().fields();
        Field field = fields.get(by);
        if (field instanceof Field.Category category) {
            long[] labels = rows.field(by).toHost().toLongs();
            return IntStream.range(0, category.names().size())
                    .mapToObj(label -> new Attribute(category.names().get(label), by, are(labels, label)))
                    .toList();
        }
        List<String> known = new ArrayList<>();
        for (Map.Entry<String, Field> one : fields.entrySet()) {
            if (one.getValue() instanceof Field.Table table) {
                List<Integer> columns = IntStream.range(0, table.columns())
                        .filter(column -> by.equals(one.getKey())
                                || by.equals(table.names().get(column)))
                        .boxed()
                        .toList();
                if (!columns.isEmpty()) {
                    HostArray numbers = rows.field(one.getKey()).toHost();
                    return columns.stream()
                            .map(column -> Attribute.aboveMean(
                                    table.names().get(column), one.getKey(), column(numbers, column)))
                            .toList();
                }
                known.add(one.getKey());
                known.addAll(table.names());
            } else if (one.getValue() instanceof Field.Category) {
                known.add(one.getKey());
            }
        }
        if (known.isEmpty()) {
            throw new IllegalArgumentException(
                    "the data have no classes and no numbers beside the pictures, so that nothing says what a direction is to change");
        }
        throw new IllegalArgumentException("--by: " + NearestName.message("field", by, known));
    }

    private static boolean[] are(long[] labels, long label) {
        boolean[] are = new boolean[labels.length];
        for (int i = 0; i < are.length; i++) {
            are[i] = labels[i] == label;
        }
        return are;
    }

    private static double[] column(HostArray numbers, int column) {
        int columns = (int) numbers.shape().size(1);
        double[] all = numbers.toDoubles();
        return IntStream.range(0, all.length / columns)
                .mapToDouble(row -> all[row * columns + column])
                .toArray();
    }

    private void say(List<Direction> found, Directions all, Path file) {
        if (json.isWanted()) {
            ObjectNode node = JsonNodeFactory.instance.objectNode().put("file", file.toString());
            node.set("directions", all.toJson());
            console.say(node);
            return;
        }
        Table table = new Table();
        found.forEach(direction -> table.row(
                all.called(direction),
                String.format(Locale.ROOT, "%.1f %%", 100 * direction.accuracy()),
                "of " + direction.heldOut() + " held-out examples"));
        table.lines().forEach(console::say);
        console.say(Objects.toString(file));
    }
}
