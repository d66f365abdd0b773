package dev.elbo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.InAScope;
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
import dev.elbo.objective.Schedule;
import dev.elbo.option.Options;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A critic beside a model: {@link Twins}, whose total correlation is known. */
@ExtendWith(InAScope.class)
class PlayersTest {
    private static final Twins TWINS = new Twins(2);
    private static final int EXAMPLES = 2000;
    private static final int BATCH = 200;

    @TempDir
    Path directory;

    private final List<TrainingEvent> events = new ArrayList<>();
    private final Vae model = TWINS.model();
    private final Layer critic = critic(new Initializer(Rng.seeded(2, Device.CPU), Device.CPU));

    private static Layer critic(Initializer initial) {
        return Sequential.of(
                Linear.of(2, 64, initial),
                Activation.LEAKY_RELU,
                Linear.of(64, 64, initial),
                Activation.LEAKY_RELU,
                Linear.of(64, 1, initial));
    }

    private Trainer trainer(Rule rule, Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("batch", "" + BATCH, "logEvery", "1", "epochs", "1"));
        all.putAll(settings);
        return new Trainer(
                Composition.of(
                        model, new DensityRatio(Schedule.constant(1), critic), new Player("critic", critic, rule)),
                new Examples(
                        new Split(Map.of("image", Twins.numbers(EXAMPLES, 1))),
                        LinearGaussian.spec(),
                        Pixels.GREY,
                        1,
                        Device.CPU),
                Optional.empty(),
                Options.of(TrainingSettings.standard()).with(all),
                1,
                Optional.of(store()),
                events::add);
    }

    private CheckpointStore store() {
        return new CheckpointStore(directory.resolve("checkpoints"), 3);
    }

    private <E extends TrainingEvent> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static Map<String, float[]> values(Map<String, Tensor> tensors) {
        Map<String, float[]> values = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> values.put(name, tensor.toFloats()));
        return values;
    }

    /** The norm of what changed. */
    private static double moved(Map<String, float[]> from, Map<String, Tensor> to) {
        double squares = 0;
        for (Map.Entry<String, float[]> entry : values(to).entrySet()) {
            float[] before = from.get(entry.getKey());
            for (int i = 0; i < Objects.requireNonNull(before).length; i++) {
                squares += Math.pow((double) entry.getValue()[i] - before[i], 2);
            }
        }
        return Math.sqrt(squares);
    }

    @Test
    void aCriticIsCountedWithTheModel() throws IOException {
        trainer(Rule.adam(Schedule.constant(1e-4), 0.5, 0.9), Map.of()).run(() -> true);
        long ofModel = 4 * 3 + 4 + 3 * 2 + 3 + 1;
        long ofCritic = 64 * 2 + 64 + 64 * 64 + 64 + 64 + 1;
        assertThat(events(TrainingEvent.Started.class))
                .singleElement()
                .satisfies(started -> assertThat(started.parameters()).isEqualTo(ofModel + ofCritic));
    }

    @Test
    void itIsKeptInCheckpointsBesideWhatItLearnsWith() throws IOException {
        trainer(Rule.adam(Schedule.constant(1e-4), 0.5, 0.9), Map.of()).run(() -> true);
        Map<String, HostArray> kept =
                CheckpointStore.load(store().latest().orElseThrow()).training();
        assertThat(kept)
                .containsKeys("critic.weights.0.weight", "critic.exp_avg.0.weight", "critic.exp_avg_sq.0.weight");
        assertThat(Objects.requireNonNull(kept.get("critic.weights.0.weight")).toDoubles())
                .isEqualTo(Objects.requireNonNull(critic.parameters().get("0.weight"))
                        .toHost()
                        .toDoubles());
    }

    @Test
    void itLearnsByItsOwnRateAndTheModelByTheTrainings() throws IOException {
        Map<String, float[]> modelBefore = values(model.parameters());
        Map<String, float[]> criticBefore = values(critic.parameters());
        trainer(Rule.adam(Schedule.constant(1e-2), 0.5, 0.9), Map.of("learningRate", "0"))
                .run(() -> false);
        assertThat(moved(modelBefore, model.parameters())).isZero();
        assertThat(moved(criticBefore, critic.parameters())).isPositive();
        Map<String, float[]> criticAfter = values(critic.parameters());
        events.clear();
        trainer(Rule.adam(Schedule.constant(0), 0.5, 0.9), Map.of("learningRate", "0.01"))
                .run(() -> false);
        assertThat(moved(criticAfter, critic.parameters())).isZero();
        assertThat(moved(modelBefore, model.parameters())).isPositive();
    }

    @Test
    void itsGradientIsClippedByItsOwnRule() throws IOException {
        double clip = 1e-3;
        Map<String, float[]> modelBefore = values(model.parameters());
        Map<String, float[]> criticBefore = values(critic.parameters());
        // a step of plain SGD at rate 1 is the gradient
        trainer(
                        new Rule(OptimizerKind.SGD, Schedule.constant(1), 0, 0, 0, 0, clip),
                        Map.of("learningRate", "0.1", "optimizer", "sgd"))
                .run(() -> true);
        assertThat(moved(criticBefore, critic.parameters()))
                .isEqualTo(clip, within(1e-5)); // FLOAT32 weights of about 1
        assertThat(moved(modelBefore, model.parameters())).isGreaterThan(10 * clip);
    }

    @Test
    void itLearnsTheTotalCorrelation() throws IOException {
        trainer(
                        Rule.adam(new Schedule.Linear(1e-2, 0, Schedule.WHOLE), 0.9, 0.999),
                        Map.of("learningRate", "0", "epochs", "40", "logEvery", "100"))
                .run(() -> false);
        List<TrainingEvent.Progressed> lines = events(TrainingEvent.Progressed.class);
        Map<String, Double> last = lines.get(lines.size() - 1).terms();
        assertThat(TWINS.totalCorrelation()).isGreaterThan(0.5);
        // 4 standard errors of the 2,000 numbers, on which codes of all steps are made, and as much again for what a
        // critic of
        // this size does not tell apart
        assertThat(last.get("totalCorrelation"))
                .isEqualTo(TWINS.totalCorrelation(), within(8 * TWINS.correlation() / Math.sqrt(EXAMPLES)));
        assertThat(last.get("criticAccuracy")).isBetween(0.6, 0.8);
    }
}
