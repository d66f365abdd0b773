package dev.elbo.studio;

import dev.elbo.checkpoint.CheckpointStore;
import dev.elbo.checkpoint.Weights;
import dev.elbo.data.DataSpec;
import dev.elbo.generate.Generator;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.run.RunDirectory;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The models of a run at the checkpoints that it has kept: its best and the last few. */
record Checkpoints(Runs runs, Benches benches) {

    /** What is done with a checkpoint's model, in a scope that is freed at once. */
    @FunctionalInterface
    interface Use<T> {
        T of(Generator model);
    }

    /** What has to be opened before: the scope of the checkpoint would free it. */
    @FunctionalInterface
    interface Preparing<T> {
        Use<T> with(Bench bench, DataSpec spec) throws IOException;
    }

    /** The steps of those that are kept. */
    List<Long> steps(String run) throws IOException {
        return runs.open(run).checkpoints().complete().stream()
                .map(Checkpoints::step)
                .toList();
    }

    private static long step(Path checkpoint) {
        return Long.parseLong(String.valueOf(checkpoint.getFileName()).replaceAll("\\D", ""));
    }

    /**
     * Uses the model of a checkpoint, on the run's bench.
     *
     * @throws Refusal if the run has none of that step any more
     */
    <T> T at(String name, String step, Preparing<T> preparing) throws IOException {
        RunDirectory run = runs.open(name);
        Path checkpoint = named(run.checkpoints().complete(), step);
        return benches.of(name).askOfData(bench -> {
            DataSpec spec = bench.model().spec();
            Use<T> use = preparing.with(bench, spec);
            try (Scope work = Scope.open("checkpoint")) {
                return use.of(new Generator(model(run, spec, checkpoint), spec, Device.CPU));
            }
        });
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
}
