package dev.elbo.studio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.generate.Generator;
import dev.elbo.run.Session;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/**
 * What a model made at the checkpoints that its run has kept: the same points of latent space and the same examples, by each; and the way
 * of one example. A page that watches keeps what it has seen of those that are gone since.
 */
final class EpochsResource {
    private static final int PICTURES = 32;
    private static final long RECONSTRUCTED = 16;
    private static final long SEED = 7;

    private final Checkpoints checkpoints;

    EpochsResource(Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
    }

    void register(Routes routes) {
        routes.get("/runs/{run}/checkpoints", answer -> Answers.json(answer, all(answer.pathParam("run"))));
        routes.get("/runs/{run}/checkpoints/{step}/samples", this::samples);
        routes.get("/runs/{run}/checkpoints/{step}/reconstructions", this::reconstructions);
        routes.get("/runs/{run}/checkpoints/{step}/way", this::way);
    }

    private ObjectNode all(String name) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode steps = json.putArray("steps");
        checkpoints.steps(name).forEach(steps::add);
        return json.put("pictures", PICTURES);
    }

    private <T> T at(Context answer, Checkpoints.Preparing<T> preparing) throws IOException {
        return checkpoints.at(answer.pathParam("run"), answer.pathParam("step"), preparing);
    }

    private void samples(Context answer) throws IOException {
        Answers.bytes(answer, at(answer, (bench, spec) -> model -> samples(new Handles(model))));
    }

    private void reconstructions(Context answer) throws IOException {
        Answers.bytes(answer, at(answer, (bench, spec) -> {
            Some some = heldOut(bench, 0, RECONSTRUCTED);
            return model -> reconstructions(new Handles(model), some.examples(model));
        }));
    }

    /** One example's way, and that of many beside it. */
    private void way(Context answer) throws IOException {
        String asked = String.valueOf(answer.queryParam("row"));
        int row = asked.matches("\\d{1,9}") ? Integer.parseInt(asked) : 0;
        Answers.json(answer, at(answer, (bench, spec) -> {
            Session session = bench.session();
            long size = session.split(session.heldOut()).size();
            if (row >= size) {
                throw new IllegalArgumentException(
                        "there are " + size + " held-out examples, numbered from 0; got " + row);
            }
            Some one = heldOut(bench, row, 1);
            Some many = heldOut(bench, 0, Way.EXAMPLES);
            return model -> new Way(new Handles(model), one.examples(model), many.examples(model)).toJson();
        }));
    }

    /** Rows that are read before a checkpoint's scope is opened, and become examples in it. */
    private record Some(Split rows, Pixels pixels) {
        Examples examples(Generator model) {
            return new Examples(rows, model.spec(), pixels, SEED, Device.CPU);
        }
    }

    private static Some heldOut(Bench bench, long from, long most) throws IOException {
        Session session = bench.session();
        Split held = session.split(session.heldOut());
        return new Some(
                held.slice(from, Math.min(from + most, held.size())),
                bench.run().config().pixels().map(Pixels::encoded).orElse(Pixels.GREY));
    }

    private static byte[] samples(Handles handles) {
        Map<String, HostArray> conditions = handles.conditions(handles.values(Given.NOTHING, PICTURES));
        return PictureBytes.of(handles.pictures(handles.generator().samples(PICTURES, conditions, 1, SEED)));
    }

    /** Examples, and behind them what the model makes of each. */
    private static byte[] reconstructions(Handles handles, Examples examples) {
        Batch batch = examples.range(0, examples.size(), Rng.seeded(SEED, Device.CPU));
        String field = handles.picture().orElseThrow(() -> Refusal.conflict("the run's examples are no pictures"));
        byte[] given = PictureBytes.of(batch.get(field).toHost());
        byte[] made = PictureBytes.of(handles.pictures(handles.generator().reconstructions(batch)));
        byte[] both = Arrays.copyOf(given, given.length + made.length);
        System.arraycopy(made, 0, both, given.length, made.length);
        return both;
    }
}
