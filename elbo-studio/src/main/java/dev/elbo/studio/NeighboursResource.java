package dev.elbo.studio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.Field;
import dev.elbo.data.Split;
import dev.elbo.edit.PictureEditor;
import dev.elbo.model.Variable;
import dev.elbo.run.CodeSpace;
import dev.elbo.run.Codes;
import dev.elbo.run.PictureSpace;
import dev.elbo.run.Session;
import dev.elbo.tensor.HostArray;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Training pictures that are nearest to one, by their pixels or by their codes. */
final class NeighboursResource {
    private static final int MOST = 60;
    private static final long MOST_EXAMPLES = 100_000;
    private static final String TRAIN = "train";

    private final Benches benches;
    private @Nullable Kept kept;

    /** The codes that were asked for last: they take seconds. */
    private record Kept(Bench bench, Codes codes) {}

    NeighboursResource(Benches benches) {
        this.benches = benches;
    }

    void register(Routes routes) {
        routes.post("/runs/{run}/neighbours", this::neighbours);
    }

    private void neighbours(Context answer) throws IOException {
        Asked asked = Asked.of(answer);
        int count = asked.whole("count", 12, 1, MOST);
        boolean byCode = asked.text("by").equals("code");
        Answers.json(answer, benches.of(answer.pathParam("run")).askOfData(bench -> {
            Session session = bench.session();
            Handles handles = new Handles(session.generator());
            String field = handles.picture().orElseThrow(() -> Refusal.conflict("the model makes no pictures"));
            Field.Image image = handles.shown(field);
            HostArray picture = PictureBytes.unit(PictureBytes.read(
                    asked.bytes("picture", image.channels() * image.height() * image.width()), image));
            Split train = session.some(TRAIN, MOST_EXAMPLES);
            List<CodeSpace.Near> near = byCode
                    ? new CodeSpace(codes(bench)).nearest(code(handles, picture, Given.of(asked)), count)
                    : new PictureSpace(train.field(field))
                            .nearest(picture, count)
                            .get(0);
            return told(near, session, train);
        }));
    }

    private synchronized Codes codes(Bench bench) throws IOException {
        Kept before = kept;
        if (before != null && before.bench == bench) {
            return before.codes;
        }
        Codes made = bench.session().codes(TRAIN, MOST_EXAMPLES);
        kept = new Kept(bench, made);
        return made;
    }

    /** The latents of a picture side by side, as {@link Codes} has them. */
    private static float[] code(Handles handles, HostArray picture, Given given) {
        Map<String, HostArray> latents = PictureEditor.of(
                        handles.generator(), handles.conditions(handles.values(given, 1)))
                .encode(picture);
        List<Variable> order = handles.generator().model().signature().latents();
        float[] code = new float
                [order.stream()
                        .mapToInt(latent -> (int) latent.shape().elements())
                        .sum()];
        int from = 0;
        for (Variable latent : order) {
            for (double number :
                    Objects.requireNonNull(latents.get(latent.name())).toDoubles()) {
                code[from++] = (float) number;
            }
        }
        return code;
    }

    private static ObjectNode told(List<CodeSpace.Near> near, Session session, Split train) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        long all = session.split(TRAIN).size();
        json.put("split", TRAIN).put("examples", all).put("looked", train.size());
        Optional<Map.Entry<String, Field>> category = LatentsResource.category(session);
        ArrayNode array = json.putArray("neighbours");
        for (CodeSpace.Near one : near) {
            ObjectNode node =
                    array.addObject().put("row", one.row() * all / train.size()).put("distance", one.distance());
            category.ifPresent(field ->
                    node.put("label", field.getValue().names().get((int) train.field(field.getKey())
                            .rows(one.row(), one.row() + 1L)
                            .toLongs()[0])));
        }
        return json;
    }
}
