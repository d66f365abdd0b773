package dev.elbo.studio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.checkpoint.CheckpointStore;
import dev.elbo.checkpoint.Weights;
import dev.elbo.data.Batch;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.generate.Generator;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.run.RunDirectory;
import dev.elbo.run.Session;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a model made at the checkpoints that its run has kept: the same points of latent space and the same examples, by each. A run keeps its
 * best checkpoint and the last few; a page that watches keeps the pictures of those that are gone since.
 */
final class EpochsResource {
    private static final int PICTURES = 32;
    private static final long RECONSTRUCTED = 16;
    private static final long SEED = 7;

    private final Runs runs;
    private final Benches benches;

    EpochsResource(Runs runs, Benches benches) {
        this.runs = runs;
        this.benches = benches;
    }

    void register(Routes routes) {
        routes.get("/runs/{run}/checkpoints", answer -> Answers.json(answer, all(answer.pathParam("run"))));
        routes.get("/runs/{run}/checkpoints/{step}/samples", this::samples);
        routes.get("/runs/{run}/checkpoints/{step}/reconstructions", this::reconstructions);
    }

    private ObjectNode all(String name) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode steps = json.putArray("steps");
        for (Path checkpoint : runs.open(name).checkpoints().complete()) {
            steps.add(step(checkpoint));
        }
        return json.put("pictures", PICTURES);
    }

    private static long step(Path checkpoint) {
        return Long.parseLong(String.valueOf(checkpoint.getFileName()).replaceAll("\\D", ""));
    }

    private void samples(Context answer) throws IOException {
        show(answer, (bench, spec) -> model -> samples(new Handles(model)));
    }

    private void reconstructions(Context answer) throws IOException {
        show(answer, (bench, spec) -> {
            Session session = bench.session();
            Split held = session.split(session.heldOut());
            Split some = held.slice(0, Math.min(RECONSTRUCTED, held.size()));
            Pixels pixels = bench.run().config().pixels().map(Pixels::encoded).orElse(Pixels.GREY);
            return model -> reconstructions(new Handles(model), new Examples(some, spec, pixels, SEED, Device.CPU));
        });
    }

    /** What is shown of a checkpoint's model, made in a scope that is freed at once. */
    @FunctionalInterface
    private interface Showing {
        byte[] of(Generator model);
    }

    /** What has to be opened before: the scope of the checkpoint would free it. */
    @FunctionalInterface
    private interface Preparing {
        Showing with(Bench bench, DataSpec spec) throws IOException;
    }

    private void show(Context answer, Preparing preparing) throws IOException {
        String name = answer.pathParam("run");
        RunDirectory run = runs.open(name);
        Path checkpoint = named(run.checkpoints().complete(), answer.pathParam("step"));
        Answers.bytes(answer, benches.of(name).ask(bench -> {
            DataSpec spec = bench.model().spec();
            Showing showing = preparing.with(bench, spec);
            try (Scope work = Scope.open("checkpoint")) {
                return showing.of(new Generator(model(run, spec, checkpoint), spec, Device.CPU));
            }
        }));
    }

    private static Path named(List<Path> kept, String step) {
        return kept.stream()
                .filter(each -> String.valueOf(step(each)).equals(step))
                .findFirst()
                .orElseThrow(() -> Refusal.unknown("the run has no checkpoint of that step any more; choose another"));
    }

    /** A model of its own: the bench's has the best weights. */
    private static LatentVariableModel model(RunDirectory run, DataSpec spec, Path checkpoint) throws IOException {
        LatentVariableModel model = run.config()
                .compose(spec, new Initializer(Rng.seeded(0, Device.CPU), Device.CPU))
                .model();
        Weights.load(model, CheckpointStore.load(checkpoint).model());
        return model;
    }

    private static byte[] samples(Handles handles) {
        Map<String, HostArray> conditions = handles.conditions(handles.values(Map.of(), PICTURES));
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
