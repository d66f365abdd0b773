package dev.elbo.studio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.checkpoint.CheckpointStore;
import dev.elbo.checkpoint.Weights;
import dev.elbo.data.DataSpec;
import dev.elbo.generate.Generator;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.run.RunDirectory;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a model made at the checkpoints that its run has kept: the same points of latent space, decoded by each. A run keeps its
 * best checkpoint and the last few; a page that watches keeps the pictures of those that are gone since.
 */
final class EpochsResource {
    private static final int PICTURES = 32;
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
        String name = answer.pathParam("run");
        String step = answer.pathParam("step");
        RunDirectory run = runs.open(name);
        List<Path> kept = run.checkpoints().complete();
        Path checkpoint = kept.stream()
                .filter(each -> String.valueOf(step(each)).equals(step))
                .findFirst()
                .orElseThrow(() -> Refusal.unknown("the run has no checkpoint of that step any more; choose another"));
        Answers.bytes(answer, benches.of(name).ask(bench -> made(bench, run, checkpoint)));
    }

    /** With a model of its own, which is freed at once: the bench's has the best weights. */
    private static byte[] made(Bench bench, RunDirectory run, Path checkpoint) throws IOException {
        DataSpec spec = bench.model().spec(); // opened before the scope below, which frees what is opened in it
        try (Scope work = Scope.open("checkpoint")) {
            LatentVariableModel model = run.config()
                    .compose(spec, new Initializer(Rng.seeded(0, Device.CPU), Device.CPU))
                    .model();
            Weights.load(model, CheckpointStore.load(checkpoint).model());
            Handles handles = new Handles(new Generator(model, spec, Device.CPU));
            Map<String, HostArray> conditions = handles.conditions(handles.values(Map.of(), PICTURES));
            return PictureBytes.of(handles.pictures(handles.generator().samples(PICTURES, conditions, 1, SEED)));
        }
    }
}
