package dev.elbo.studio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.Field;
import dev.elbo.model.Variable;
import dev.elbo.run.Codes;
import dev.elbo.run.Session;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The codes of a split as points of a plane: that of their two principal components, or of two dimensions. */
final class LatentsResource {
    private static final int MOST_POINTS = 100_000;

    private final Benches benches;
    private @Nullable Kept kept;

    /** The codes that were asked for last: they take seconds, and a page asks for several planes of them. */
    @SuppressWarnings("ArrayRecordComponent") // read alone, and never compared
    private record Kept(Bench bench, String split, int count, float[] codes) {}

    LatentsResource(Benches benches) {
        this.benches = benches;
    }

    void register(Routes routes) {
        routes.get("/runs/{run}/latents", this::plane);
        routes.get("/runs/{run}/latents/points", this::points);
    }

    /** What a request says of the plane. */
    private record Wish(String split, int across, int up, String colour) {
        static Wish of(Context request) {
            return new Wish(
                    Optional.ofNullable(request.queryParam("split")).orElse(""),
                    number(request, "x"),
                    number(request, "y"),
                    Optional.ofNullable(request.queryParam("colour")).orElse(""));
        }

        private static int number(Context request, String name) {
            String text = Optional.ofNullable(request.queryParam(name)).orElse("");
            if (!text.matches("\\d{0,6}")) {
                throw new IllegalArgumentException(
                        "'" + name + "' is to be the number of a dimension, from 0; got '" + text + "'");
            }
            return text.isEmpty() ? -1 : Integer.parseInt(text);
        }

        boolean isPrincipal() {
            return across < 0 || up < 0;
        }
    }

    /** Where the plane lies, so that the page knows which code a place on it is. */
    private void plane(Context answer) throws IOException {
        Wish wish = Wish.of(answer);
        Answers.json(answer, benches.of(answer.pathParam("run")).askOfData(bench -> {
            Kept codes = codes(bench, wish.split);
            Plane plane = plane(bench, codes, wish);
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("count", codes.count).put("split", codes.split);
            add(json.putArray("origin"), plane.origin());
            add(json.putArray("across"), plane.across());
            add(json.putArray("up"), plane.up());
            json.putArray("shares").add(plane.firstShare()).add(plane.secondShare());
            Colouring colouring = colouring(bench, codes, wish);
            ArrayNode colours = json.put("colour", colouring.name())
                    .put("ordered", colouring.isOrdered())
                    .putArray("colours");
            Colouring.names(bench.session()).forEach(colours::add);
            ArrayNode labels = json.putArray("labels");
            colouring.labels().forEach(labels::add);
            return json;
        }));
    }

    private static void add(ArrayNode array, double[] numbers) {
        for (double number : numbers) {
            array.add(number);
        }
    }

    /** All points: x and y as float32, one after the other, then a byte each for the class; little-endian. */
    private void points(Context answer) throws IOException {
        Wish wish = Wish.of(answer);
        Answers.bytes(answer, benches.of(answer.pathParam("run")).askOfData(bench -> {
            Kept codes = codes(bench, wish.split);
            float[] places = plane(bench, codes, wish).places(codes.codes);
            byte[] bytes = new byte[places.length * Float.BYTES + codes.count];
            Answers.littleEndian(bytes).asFloatBuffer().put(places);
            System.arraycopy(colouring(bench, codes, wish).kinds(), 0, bytes, places.length * Float.BYTES, codes.count);
            return bytes;
        }));
    }

    private static Colouring colouring(Bench bench, Kept codes, Wish wish) throws IOException {
        return Colouring.of(bench.session(), bench.session().split(codes.split), wish.colour);
    }

    private static Plane plane(Bench bench, Kept codes, Wish wish) throws IOException {
        int dimensions = new Handles(bench.session().generator()).dimensions();
        if (wish.across >= dimensions || wish.up >= dimensions) {
            throw new IllegalArgumentException("the model has " + dimensions + " dimensions, numbered from 0; got "
                    + wish.across + " and " + wish.up);
        }
        return wish.isPrincipal() || dimensions == 1
                ? Plane.principal(codes.codes, dimensions)
                : Plane.ofDimensions(codes.codes, dimensions, wish.across, wish.up);
    }

    private synchronized Kept codes(Bench bench, String asked) throws IOException {
        Session session = bench.session();
        String split = asked.isEmpty() ? session.heldOut() : asked;
        Kept before = kept;
        if (before != null && before.bench == bench && before.split.equals(split)) {
            return before;
        }
        long count = session.split(split).size();
        if (count > MOST_POINTS) {
            throw Refusal.tooLarge(
                    "the split " + split + " has more than " + MOST_POINTS + " examples; choose another");
        }
        Kept made = new Kept(bench, split, (int) count, vectors(session, session.codes(split)));
        kept = made;
        return made;
    }

    /** The columns of the codes that are vectors. */
    private static float[] vectors(Session session, Codes codes) {
        List<Integer> columns = new ArrayList<>();
        int from = 0;
        for (Variable latent : session.model().signature().latents()) {
            int width = (int) latent.shape().elements();
            if (new Handles(session.generator()).vectors().contains(latent)) {
                IntStream.range(from, from + width).forEach(columns::add);
            }
            from += width;
        }
        if (columns.isEmpty()) {
            throw Refusal.conflict("the model's latents are no vectors, so that they have no place on a plane");
        }
        float[] all = codes.centres().toFloats();
        int count = (int) codes.centres().shape().size(0);
        float[] chosen = new float[count * columns.size()];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = all[i / columns.size() * from + columns.get(i % columns.size())];
        }
        return chosen;
    }

    static Optional<Map.Entry<String, Field>> category(Session session) {
        return session.spec().fields().entrySet().stream()
                .filter(field -> field.getValue() instanceof Field.Category)
                .findFirst();
    }
}
