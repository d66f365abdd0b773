package dev.elbo.studio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.data.Field;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.edit.Direction;
import dev.elbo.edit.Directions;
import dev.elbo.generate.Generator;
import dev.elbo.model.Variable;
import dev.elbo.run.Session;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a model of pictures makes: of points, of chance, of examples and of pictures that are sent. */
final class PicturesResource {
    private static final int MOST_PICTURES = 400;
    private static final long SEED = 1;

    private final Benches benches;

    PicturesResource(Benches benches) {
        this.benches = benches;
    }

    void register(Routes routes) {
        routes.get("/runs/{run}/model", answer -> {
            boolean isWhole = !"no".equals(answer.queryParam("examples")); // to open them takes a while
            Bench of = bench(answer);
            Bench.Task<ObjectNode> describe = bench -> described(bench, isWhole);
            Answers.json(answer, isWhole ? of.askOfData(describe) : of.ask(describe));
        });
        routes.post("/runs/{run}/decode", this::decode);
        routes.post("/runs/{run}/samples", this::samples);
        routes.post("/runs/{run}/encode", this::encode);
        routes.post("/runs/{run}/upload", this::upload);
        routes.post("/runs/{run}/examples", this::examples);
    }

    private Bench bench(Context answer) throws IOException {
        return benches.of(answer.pathParam("run"));
    }

    /** What can be asked of the model. */
    private static ObjectNode described(Bench bench, boolean withExamples) throws IOException {
        Generator generator = bench.model().generator();
        Handles handles = new Handles(generator);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("step", bench.model().step());
        json.put("dimensions", handles.dimensions());
        ArrayNode vectors = json.putArray("vectors");
        for (Variable vector : handles.vectors()) {
            ObjectNode node = vectors.addObject()
                    .put("name", vector.name())
                    .put("dimensions", vector.shape().elements());
            ArrayNode rates = node.putArray("rates");
            bench.model().showing().rates().get().stream()
                    .filter(estimate -> estimate.name().equals(vector.name()))
                    .forEach(estimate -> estimate.ratePerDimension().forEach(rates::add));
        }
        ObjectNode classes = json.putObject("classes");
        handles.classes().forEach((field, names) -> names.forEach(classes.putArray(field)::add));
        ObjectNode numbers = json.putObject("numbers");
        handles.numbers().forEach((field, table) -> describe(table, numbers.putArray(field)));
        ArrayNode directions = json.putArray("directions");
        Directions kept = Directions.read(bench.run().made(Directions.FILE));
        kept.all()
                .forEach(direction ->
                        describe(direction, handles, directions.addObject().put("name", kept.called(direction))));
        handles.picture().ifPresent(field -> {
            Field.Image image = handles.shown(field);
            json.putObject("picture")
                    .put("channels", image.channels())
                    .put("height", image.height())
                    .put("width", image.width());
        });
        if (withExamples) {
            describeExamples(bench, json);
        }
        return json;
    }

    private static void describe(Field.Table table, ArrayNode columns) {
        List<String> names = table.names();
        for (int column = 0; column < names.size(); column++) {
            int at = column;
            columns.addObject()
                    .put("name", names.get(column))
                    .put(
                            "mean",
                            table.statistics()
                                    .map(known -> known.restored(0, at))
                                    .orElse(0.0))
                    .put(
                            "scale",
                            table.statistics()
                                    .map(known -> known.restored(1, at) - known.restored(0, at))
                                    .orElse(1.0));
        }
    }

    /** A direction as a step of points: its latents that are vectors, side by side. */
    private static void describe(Direction direction, Handles handles, ObjectNode json) {
        json.put("field", direction.field())
                .put("accuracy", direction.accuracy())
                .put("heldOut", direction.heldOut());
        ArrayNode step = json.putArray("step");
        for (Variable vector : handles.vectors()) {
            int width = (int) vector.shape().elements();
            float[] own = direction.steps().getOrDefault(vector.name(), new float[width]);
            for (float number : own) {
                step.add(number);
            }
        }
    }

    private static void describeExamples(Bench bench, ObjectNode json) throws IOException {
        try {
            Session session = bench.session();
            String split = session.heldOut();
            Split examples = session.split(split);
            ArrayNode told = json.putObject("examples")
                    .put("split", split)
                    .put("count", examples.size())
                    .putArray("told");
            Optional<String> picture = new Handles(session.generator()).picture();
            examples.fields().keySet().stream()
                    .filter(field -> !field.equals(picture.orElse("")))
                    .forEach(told::add);
        } catch (Refusal missing) {
            json.put("noExamples", missing.sentence());
        } catch (IllegalArgumentException changed) {
            json.put("noExamples", String.valueOf(changed.getMessage()));
        }
    }

    private void decode(Context answer) throws IOException {
        Asked asked = Asked.of(answer);
        Answers.bytes(answer, bench(answer).ask(bench -> {
            Handles handles = new Handles(bench.model().generator());
            int dimensions = handles.dimensions();
            float[] points = asked.points("points", dimensions, MOST_PICTURES);
            return points.length == 0
                    ? new byte[0]
                    : PictureBytes.of(handles.decode(points, points.length / dimensions, Given.of(asked)));
        }));
    }

    private void samples(Context answer) throws IOException {
        Asked asked = Asked.of(answer);
        int count = asked.whole("count", 36, 1, MOST_PICTURES);
        int seed = asked.whole("seed", 1, 0, Integer.MAX_VALUE);
        double temperature = asked.number("temperature", 1, 0, 10);
        Answers.bytes(answer, bench(answer).ask(bench -> {
            Handles handles = new Handles(bench.model().generator());
            Map<String, HostArray> values = handles.conditions(handles.values(Given.of(asked), count));
            return PictureBytes.of(handles.pictures(handles.generator().samples(count, values, temperature, seed)));
        }));
    }

    /** Pictures of examples by their rows. */
    private void examples(Context answer) throws IOException {
        Asked asked = Asked.of(answer);
        Answers.bytes(answer, bench(answer).askOfData(bench -> {
            Session session = bench.session();
            Split split = split(session, asked);
            int[] rows = asked.rows("rows", MOST_PICTURES, split.size());
            String field = new Handles(session.generator())
                    .picture()
                    .orElseThrow(() -> Refusal.conflict("the run's examples are no pictures"));
            return rows.length == 0
                    ? new byte[0]
                    : PictureBytes.of(some(split, rows).field(field).toHost());
        }));
    }

    static Split split(Session session, Asked asked) {
        String name = asked.text("split");
        return session.split(name.isEmpty() ? session.heldOut() : name);
    }

    private static Split some(Split split, int[] rows) {
        return split.select(IntStream.of(rows).asLongStream().toArray());
    }

    /** The point and the classes of an example. */
    private void encode(Context answer) throws IOException {
        Asked asked = Asked.of(answer);
        Answers.json(answer, bench(answer).askOfData(bench -> {
            Session session = bench.session();
            Split split = split(session, asked);
            int row = asked.whole("row", 0, 0, (int) Math.min(Integer.MAX_VALUE, split.size() - 1));
            return encoded(session.generator(), bench, some(split, new int[] {row}), true);
        }));
    }

    /** The point of a picture that is sent, and the picture as the model sees it; {@code given} in the address says what it is of. */
    private void upload(Context answer) throws IOException {
        byte[] sent = answer.bodyAsBytes();
        Given given = Given.of(Asked.of(
                Optional.ofNullable(answer.queryParam("given")).orElse("{}").getBytes(StandardCharsets.UTF_8)));
        Answers.json(answer, bench(answer).ask(bench -> {
            Generator generator = bench.model().generator();
            Handles handles = new Handles(generator);
            String field = handles.picture().orElseThrow(() -> Refusal.conflict("the model reads no pictures"));
            Field.Image image = (Field.Image) generator.spec().field(field);
            HostArray picture = SentPicture.read(sent, image);
            Map<String, HostArray> fields = new LinkedHashMap<>(handles.conditions(handles.values(given, 1)));
            fields.put(field, picture);
            ObjectNode json = encoded(generator, bench, new Split(fields), false);
            json.put("picture", Base64.getEncoder().encodeToString(PictureBytes.of(picture)));
            return json;
        }));
    }

    private static ObjectNode encoded(Generator generator, Bench bench, Split one, boolean hasLabels) {
        Handles handles = new Handles(generator);
        Pixels pixels = bench.run().config().pixels().map(Pixels::encoded).orElse(Pixels.GREY);
        try (Scope work = Scope.open("example")) {
            Batch batch = new Examples(one, generator.spec(), pixels, SEED, Device.CPU)
                    .range(0, 1, Rng.seeded(SEED, Device.CPU));
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            add(json.putArray("point"), handles.points(generator.codes(batch), 1));
            ObjectNode classes = json.putObject("classes");
            ObjectNode numbers = json.putObject("numbers");
            if (hasLabels) {
                handles.classes().forEach((field, names) -> label(one, field, names, classes));
                handles.numbers()
                        .keySet()
                        .forEach(field -> add(
                                numbers.putArray(field),
                                batch.get(field).toHost().toFloats()));
            }
            return json;
        }
    }

    static void add(ArrayNode array, float[] numbers) {
        for (float number : numbers) {
            array.add(number);
        }
    }

    private static void label(Split one, String field, List<String> names, ObjectNode classes) {
        if (one.fields().containsKey(field)) {
            classes.put(field, names.get((int) one.field(field).toHost().toLongs()[0]));
        }
    }
}
