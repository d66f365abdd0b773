package dev.elbo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
import dev.elbo.checkpoint.Checkpoint;
import dev.elbo.checkpoint.CheckpointStore;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Split;
import dev.elbo.model.LinearGaussian;
import dev.elbo.model.Twins;
import dev.elbo.model.Vae;
import dev.elbo.nn.Activation;
import dev.elbo.nn.Initializer;
import dev.elbo.nn.Layer;
import dev.elbo.nn.Linear;
import dev.elbo.nn.Sequential;
import dev.elbo.objective.DensityRatio;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Schedule;
import dev.elbo.option.Options;
import dev.elbo.tensor.Backend;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What stages and players promise together: an encoder that learns alone, a decoder that learns beside a critic, and both beside
 * the same critic once more.
 */
@ExtendWith(InAScope.class)
class StagesContractTest {
    private static final int PER_EPOCH = 3;
    private static final int BATCH = 8;
    private static final int STEPS = 3 * PER_EPOCH;
    private static final String RATE = "optimizer=sgd learningRate=0.5";

    @TempDir
    Path directory;

    private final int threads = Backend.threads();
    private final List<TrainingEvent> events = new ArrayList<>();

    @BeforeEach
    void twoThreads() {
        Backend.setThreads(2);
    }

    @AfterEach
    void asBefore() {
        Backend.setThreads(threads);
    }

    private static Composition composition() {
        Initializer initial = new Initializer(Rng.seeded(2, Device.CPU), Device.CPU);
        Vae model = new Twins(2).model();
        Layer critic = Sequential.of(Linear.of(2, 6, initial), Activation.LEAKY_RELU, Linear.of(6, 1, initial));
        Player player = new Player("critic", critic, Rule.adam(Schedule.constant(1e-2), 0.5, 0.9));
        DensityRatio beside = new DensityRatio(Schedule.constant(1), critic);
        return new Composition(
                model,
                List.of(
                        new Stage("encoder", Elbo.standard(), List.of("posterior."), List.of(), Schedule.WHOLE),
                        new Stage("decoder", beside, List.of("likelihood."), List.of(player), 1),
                        new Stage("both", beside, List.of(), List.of(player), 1)));
    }

    /** Trains from where the store is, or from the beginning, until {@code steps} have been taken in all. */
    private Checkpoint trained(String folder, String settings, int steps) throws IOException {
        CheckpointStore store = new CheckpointStore(directory.resolve(folder), 2);
        try (Scope process = Scope.open("process")) {
            Trainer trainer = trainer(store, settings);
            int taken = 0;
            if (store.latest().isPresent()) {
                Checkpoint kept = CheckpointStore.load(store.latest().orElseThrow());
                trainer.restore(kept);
                taken = (int) kept.step();
            }
            trainer.run(after(steps - taken));
        }
        return CheckpointStore.load(store.latest().orElseThrow());
    }

    private static BooleanSupplier after(int steps) {
        int[] asked = {0};
        return () -> ++asked[0] == steps;
    }

    private Trainer trainer(CheckpointStore store, String settings) {
        Map<String, String> all =
                new LinkedHashMap<>(Map.of("batch", "" + BATCH, "epochs", "1", "logEvery", "1", "validation", "0"));
        for (String setting : settings.split(" ", -1)) {
            all.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        return new Trainer(
                composition(),
                new Examples(
                        new Split(Map.of("image", Twins.numbers(PER_EPOCH * BATCH, 1))),
                        LinearGaussian.spec(),
                        Pixels.GREY,
                        1,
                        Device.CPU),
                Optional.empty(),
                Options.of(TrainingSettings.standard()).with(all),
                1,
                Optional.of(store),
                events::add);
    }

    private static Map<String, HostArray> part(Map<String, HostArray> arrays, String beginning) {
        Map<String, HostArray> part = new TreeMap<>(arrays);
        part.keySet().removeIf(name -> !name.startsWith(beginning));
        assertThat(part).isNotEmpty();
        return part;
    }

    @ParameterizedTest
    @ValueSource(strings = {"replicas=1", "replicas=2", "ema=0.9", "clip=0.5", "optimizer=sgd", "ema=0.5 replicas=2"})
    void aTrainingThatIsStoppedAtAnyStepOfAnyStageGoesOnBitForBit(String settings) throws IOException {
        Checkpoint whole = trained("whole", settings, STEPS);
        assertThat(whole.step()).isEqualTo(STEPS);
        for (int step = 1; step < STEPS; step++) {
            String folder = "stopped-" + step;
            assertThat(trained(folder, settings, step).step()).isEqualTo(step);
            Checkpoint resumed = trained(folder, settings, STEPS);
            assertThat(resumed.model()).as("after step %d", step).isEqualTo(whole.model());
            assertThat(resumed.training()).as("after step %d", step).isEqualTo(whole.training());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"replicas=1", "ema=0.5"})
    void aStageMovesItsPartAloneFromWhereTheOneBeforeLeftIt(String settings) throws IOException {
        Map<String, HostArray> first = trained("run", settings, 1).model();
        Map<String, HostArray> encoder = trained("run", settings, PER_EPOCH).model();
        Map<String, HostArray> decoder = trained("run", settings, 2 * PER_EPOCH).model();
        Map<String, HostArray> both = trained("run", settings, STEPS).model();
        assertThat(part(encoder, "likelihood.")).isEqualTo(part(first, "likelihood."));
        assertThat(part(encoder, "posterior.")).isNotEqualTo(part(first, "posterior."));
        assertThat(part(decoder, "posterior.")).isEqualTo(part(encoder, "posterior."));
        assertThat(part(decoder, "likelihood.")).isNotEqualTo(part(encoder, "likelihood."));
        assertThat(part(both, "posterior.")).isNotEqualTo(part(decoder, "posterior."));
        assertThat(part(both, "likelihood.")).isNotEqualTo(part(decoder, "likelihood."));
    }

    @Test
    void aCheckpointHoldsWhoLearnsInItsStageAndNobodyElse() throws IOException {
        assertThat(trained("run", "replicas=1", 1).training().keySet())
                .allMatch(name -> name.contains("posterior."))
                .hasSize(2 * 2); // two moments of a weight and a bias
        assertThat(trained("run", "replicas=1", PER_EPOCH + 1).training().keySet())
                .contains("critic.weights.0.weight", "critic.exp_avg.2.bias")
                .noneMatch(name -> name.contains("posterior."));
        assertThat(trained("run", "replicas=1", STEPS).training().keySet())
                .contains("critic.weights.0.weight", "exp_avg.posterior.network.1.weight");
    }

    @Test
    void whoPlaysInTwoStagesIsCountedOnceAndGoesOnAsItWas() throws IOException {
        Map<String, HostArray> decoder =
                trained("run", "replicas=1", 2 * PER_EPOCH).training();
        long ofModel = 4 * 3 + 4 + 3 * 2 + 3 + 1;
        long ofCritic = 6 * 2 + 6 + 6 + 1;
        assertThat(((TrainingEvent.Started) events.get(0)).parameters()).isEqualTo(ofModel + ofCritic);
        Map<String, HostArray> next =
                trained("run", "replicas=1", 2 * PER_EPOCH + 1).training();
        double[] before = weights(decoder);
        double[] after = weights(next);
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).isEqualTo(before[i], within(0.011)); // a step of Adam is about its rate, 0.01, from 0
        }
        assertThat(after).isNotEqualTo(before);
    }

    private static double[] weights(Map<String, HostArray> training) {
        return Objects.requireNonNull(training.get("critic.weights.0.weight")).toDoubles();
    }

    /** A step of plain SGD is the gradient times the rate. */
    @Test
    void aLaterStageIsClippedToo() throws IOException {
        double clip = 1e-3;
        Map<String, HostArray> before =
                part(trained("run", RATE + " clip=" + clip, PER_EPOCH).model(), "likelihood.");
        Map<String, HostArray> after =
                part(trained("run", RATE + " clip=" + clip, PER_EPOCH + 1).model(), "likelihood.");
        double squares = 0;
        for (Map.Entry<String, HostArray> entry : after.entrySet()) {
            double[] from = Objects.requireNonNull(before.get(entry.getKey())).toDoubles();
            double[] to = entry.getValue().toDoubles();
            for (int i = 0; i < to.length; i++) {
                squares += (to[i] - from[i]) * (to[i] - from[i]);
            }
        }
        assertThat(Math.sqrt(squares)).isEqualTo(0.5 * clip, within(1e-6)); // FLOAT32 weights of about 1
    }
}
