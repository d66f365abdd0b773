package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.checkpoint.Checkpoint;
import dev.elbo.checkpoint.CheckpointStore;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.train.TrainingEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of {@code vq-vae}: an epoch of the autoencoder, and then two of its prior. */
class StagesOfCodesTest {
    @TempDir
    Path directory;

    private @Nullable RunDirectory run;

    private Session session() throws IOException {
        if (run == null) {
            run = new RunDirectory(directory.resolve("run"), Runs.config("vq-vae", "epochs=1 priorEpochs=2"));
            run.begin(Device.CPU, Runs.data().spec());
        }
        return new Session(run, Runs.data(), Device.CPU);
    }

    private Checkpoint trained(BooleanSupplier stop, List<TrainingEvent> events) throws IOException {
        try (Session session = session()) {
            session.train(events::add, stop);
        }
        return CheckpointStore.load(
                Objects.requireNonNull(run).checkpoints().latest().orElseThrow());
    }

    private static BooleanSupplier after(int steps) {
        int[] asked = {0};
        return () -> ++asked[0] == steps;
    }

    private static Map<String, HostArray> part(Checkpoint checkpoint, String beginning) {
        Map<String, HostArray> part = new TreeMap<>(checkpoint.model());
        part.keySet().removeIf(name -> !name.startsWith(beginning));
        assertThat(part).isNotEmpty();
        return part;
    }

    @Test
    void eachStageMovesItsOwnPartAndLeavesTheOtherBitForBit() throws IOException {
        Checkpoint first = trained(after(1), new ArrayList<>());
        Checkpoint boundary = trained(after(Runs.PER_EPOCH - 1), new ArrayList<>());
        Checkpoint end = trained(() -> false, new ArrayList<>());
        assertThat(boundary.step()).isEqualTo(Runs.PER_EPOCH);
        assertThat(end.step()).isEqualTo(Runs.STEPS);
        for (String autoencoder : List.of("encoder.", "codebook.", "likelihood.")) {
            assertThat(part(boundary, autoencoder)).isNotEqualTo(part(first, autoencoder));
            assertThat(part(end, autoencoder)).isEqualTo(part(boundary, autoencoder));
        }
        assertThat(part(boundary, "prior.")).isEqualTo(part(first, "prior."));
        assertThat(part(end, "prior.")).isNotEqualTo(part(boundary, "prior."));
    }

    @Test
    void termsAreThoseOfTheStage() throws IOException {
        List<TrainingEvent> events = new ArrayList<>();
        trained(() -> false, events);
        List<TrainingEvent.Progressed> steps = events.stream()
                .filter(TrainingEvent.Progressed.class::isInstance)
                .map(TrainingEvent.Progressed.class::cast)
                .toList();
        assertThat(steps).hasSize(Runs.STEPS);
        assertThat(steps.get(0).terms()).containsOnlyKeys("distortion", "commitment", "perplexity");
        Map<String, Double> last = steps.get(Runs.STEPS - 1).terms();
        assertThat(last).containsOnlyKeys("negElbo", "distortion", "rate");
        // sums of FLOAT32
        assertThat(last.get("negElbo"))
                .isCloseTo(
                        Objects.requireNonNull(last.get("distortion")) + Objects.requireNonNull(last.get("rate")),
                        within(1e-4));
    }

    @Test
    void theBoundIsThatOfOneSampleWhateverItsNumber() throws IOException {
        trained(() -> false, new ArrayList<>());
        try (Session session = session().loadBest()) {
            Evaluation evaluation = session.evaluate("test", 50, done -> {});
            // sums over examples in another order
            assertThat(evaluation.likelihood().orElseThrow().nll())
                    .isCloseTo(evaluation.bound().negElbo(), within(1e-4));
            assertThat(evaluation.bound().rate()).isPositive();
            assertThat(evaluation.toJson().path("codes")).singleElement().satisfies(use -> {
                assertThat(use.path("of").asInt()).isEqualTo(6);
                assertThat(use.path("perplexity").asDouble()).isBetween(1.0, 6.0);
            });
        }
    }
}
