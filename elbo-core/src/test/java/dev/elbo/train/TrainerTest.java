package dev.elbo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.checkpoint.Checkpoint;
import dev.elbo.checkpoint.CheckpointStore;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Stripes;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Elbo;
import dev.elbo.objective.Loss;
import dev.elbo.objective.Objective;
import dev.elbo.objective.Schedule;
import dev.elbo.option.Options;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Rounding;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.train.TrainingEvent.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private static final DataSource DATA = Stripes.of(1, 5, 6, 48);
    private static final int PER_EPOCH = 6;

    @TempDir
    Path directory;

    private final List<TrainingEvent> events = new ArrayList<>();
    private final Map<String, String> settings = new HashMap<>(Map.of("batch", "8", "logEvery", "1"));
    private Objective objective = Elbo.standard();
    private Scope scope;
    private LatentVariableModel model;

    @BeforeEach
    void build() {
        scope = Scope.open("test");
        model = Recipes.with(Recipes.named("vae"), Map.of("hidden", "8", "latents", "2"))
                .compose(DATA.spec(), new Initializer(Rng.seeded(1, Device.CPU), Device.CPU))
                .model();
    }

    @AfterEach
    void free() {
        scope.close();
    }

    private Trainer trainer(String... assignments) {
        for (String assignment : assignments) {
            settings.put(assignment.split("=", 2)[0], assignment.split("=", 2)[1]);
        }
        return new Trainer(
                Composition.of(model, objective),
                new Examples(DATA.train(), DATA.spec(), Pixels.DYNAMIC, 1, Device.CPU),
                DATA.test().map(test -> new Examples(test, DATA.spec(), Pixels.DYNAMIC, 1, Device.CPU)),
                Options.of(TrainingSettings.standard()).with(settings),
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

    @Test
    void theNormOfTheGradientsIsToldAsItWasBeforeTheyWereClipped() throws IOException {
        trainer("epochs=1").run(() -> false);
        double unclipped = events(TrainingEvent.Progressed.class).get(0).gradientNorm();
        events.clear();
        free();
        build();
        trainer("epochs=1", "clip=0.01").run(() -> false);
        double clipped = events(TrainingEvent.Progressed.class).get(0).gradientNorm();
        assertThat(unclipped).isGreaterThan(0.01);
        assertThat(clipped).isEqualTo(unclipped); // of the first step, which starts from the same weights
    }

    @Test
    void tellsOfEveryStageInItsOrder() throws IOException {
        assertThat(trainer("epochs=2", "logEvery=4").run(() -> false)).isEqualTo(Reason.COMPLETED);
        assertThat(events.stream().map(event -> event.getClass().getSimpleName()))
                .containsExactly(
                        "Started",
                        "Progressed", // 4
                        "Progressed", // 6
                        "Evaluated",
                        "Saved",
                        "Progressed", // 8
                        "Progressed", // 12
                        "Evaluated",
                        "Saved",
                        "Finished");
        long parameters = 30 * 8 + 8 + 8 * 4 + 4 + 2 * 8 + 8 + 8 * 30 + 30;
        assertThat(events.get(0))
                .isEqualTo(new TrainingEvent.Started(0, 12, PER_EPOCH, parameters, 1, 1, Optional.empty(), 0, 0));
        assertThat(events(TrainingEvent.Progressed.class))
                .extracting(TrainingEvent.Progressed::step)
                .containsExactly(4L, 6L, 8L, 12L);
        assertThat(events(TrainingEvent.Evaluated.class))
                .extracting(TrainingEvent.Evaluated::epoch)
                .containsExactly(1.0, 2.0);
    }

    @Test
    void aLineIsTheAverageOfTheStepsSinceTheLast() throws IOException {
        trainer("epochs=1").run(() -> false);
        double average = events(TrainingEvent.Progressed.class).stream()
                .mapToDouble(at -> at.terms().get("negElbo"))
                .average()
                .orElseThrow();
        double rounding = Rounding.ofSum(DType.FLOAT32, PER_EPOCH * 8 * 30, average); // steps, examples, pixels
        events.clear();
        build();
        Files.move(directory.resolve("checkpoints"), directory.resolve("before"));
        trainer("logEvery=6").run(() -> false);
        assertThat(events(TrainingEvent.Progressed.class))
                .singleElement()
                .satisfies(at -> assertThat(at.terms().get("negElbo")).isEqualTo(average, within(rounding)));
    }

    @Test
    void theLearningRateFollowsItsSchedule() throws IOException {
        trainer("epochs=3", "learningRate=linear(0, 0.01, 2)").run(() -> false);
        Schedule schedule = Schedule.parse("linear(0, 0.01, 2)");
        assertThat(events(TrainingEvent.Progressed.class))
                .hasSize(3 * PER_EPOCH)
                .allSatisfy(at ->
                        assertThat(at.learningRate()).isEqualTo(schedule.at((at.step() - 1) / (double) PER_EPOCH)));
    }

    @Test
    void aLearningRateOfZeroMovesNothing() throws IOException {
        trainer("epochs=2", "learningRate=decay(0.1, 0, 1)").run(() -> false);
        List<Path> checkpoints = store().complete();
        Map<String, HostArray> first = CheckpointStore.load(checkpoints.get(0)).model();
        assertThat(CheckpointStore.load(checkpoints.get(1)).model()).isEqualTo(first);
        assertThat(first).isNotEqualTo(start());
    }

    /** The first weights. */
    private Map<String, HostArray> start() {
        build();
        return weights();
    }

    private Map<String, HostArray> weights() {
        Map<String, HostArray> weights = new LinkedHashMap<>();
        model.state().forEach((name, tensor) -> weights.put(name, tensor.toHost()));
        return weights;
    }

    @Test
    void clippedGradientsMoveTheWeightsNoFurtherThanTheLimit() throws IOException {
        String[] oneStep = {"epochs=0.1", "optimizer=sgd", "learningRate=1"};
        assertThat(distanceAfter(oneStep)).isGreaterThan(1);
        settings.put("clip", "0.01");
        assertThat(distanceAfter(oneStep))
                .isEqualTo(0.01, within(Rounding.ofSum(DType.FLOAT32, 600, 1))); // weights up to 1
    }

    private double distanceAfter(String... assignments) throws IOException {
        build();
        Map<String, HostArray> before = weights();
        directory = Files.createTempDirectory(directory, "run");
        trainer(assignments).run(() -> false);
        double squares = 0;
        for (Map.Entry<String, HostArray> entry : weights().entrySet()) {
            float[] a = entry.getValue().toFloats();
            float[] b = Objects.requireNonNull(before.get(entry.getKey())).toFloats();
            for (int i = 0; i < a.length; i++) {
                squares += (a[i] - b[i]) * (double) (a[i] - b[i]);
            }
        }
        return Math.sqrt(squares);
    }

    @Test
    void halfPrecisionTrainsToo() throws IOException {
        String[] run = {"epochs=15", "learningRate=0.03", "logEvery=6", "precision=fp32"};
        double single = lossAfter(run);
        run[3] = "precision=bf16";
        assertThat(lossAfter(run)).isEqualTo(single, within(0.02 * single)).isLessThan(21.5); // it begins at 22.5
        assertThat(weights().values()).allMatch(array -> array.toString().startsWith("FLOAT32"));
    }

    private double lossAfter(String... assignments) throws IOException {
        build();
        directory = Files.createTempDirectory(directory, "run");
        trainer(assignments).run(() -> false);
        List<TrainingEvent.Evaluated> lines = events(TrainingEvent.Evaluated.class);
        return lines.get(lines.size() - 1).terms().getOrDefault("negElbo", Double.NaN);
    }

    @Test
    void stepsLeaveNothingInTheScopesAroundThem() throws IOException {
        TreeSet<Integer> sizes = new TreeSet<>();
        Trainer trainer = trainer("epochs=10", "ema=0.9", "clip=1");
        trainer.run(() -> {
            sizes.add(scope.size());
            return false;
        });
        sizes.remove(sizes.first()); // before the first step had laid out its noise and its meters
        assertThat(sizes).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void aStopIsHeededAfterTheStepAndLeavesACheckpoint() throws IOException {
        int[] asked = {0};
        assertThat(trainer("epochs=2").run(() -> ++asked[0] == 4)).isEqualTo(Reason.STOPPED);
        assertThat(asked[0]).isEqualTo(4);
        assertThat(events).last().isInstanceOf(TrainingEvent.Finished.class);
        Checkpoint stopped = CheckpointStore.load(store().latest().orElseThrow());
        assertThat(stopped.step()).isEqualTo(4);
        assertThat(stopped.model()).isEqualTo(weights());
    }

    @Test
    void aCheckpointThatWasNotEvaluatedHasNoScore() throws IOException {
        int[] asked = {0};
        trainer("epochs=2").run(() -> ++asked[0] == PER_EPOCH + 2);
        List<Path> checkpoints = store().complete();
        assertThat(CheckpointStore.load(checkpoints.get(0)).score()).isFinite();
        assertThat(CheckpointStore.load(checkpoints.get(1)).score()).isNaN();
        assertThat(store().best()).contains(checkpoints.get(0));
    }

    @Test
    void trainingEndsWhenNothingImproves() throws IOException {
        assertThat(trainer("epochs=100", "learningRate=0", "patience=2").run(() -> false))
                .isEqualTo(Reason.NO_IMPROVEMENT);
        assertThat(events(TrainingEvent.Evaluated.class))
                .extracting(TrainingEvent.Evaluated::best)
                .containsExactly(true, false, false);
    }

    @Test
    void patienceIsRememberedWhenTrainingGoesOn() throws IOException {
        int[] asked = {0};
        trainer("epochs=100", "learningRate=0", "patience=2").run(() -> ++asked[0] == 2 * PER_EPOCH + 1);
        build();
        Trainer resumed = trainer();
        resumed.restore(CheckpointStore.load(store().latest().orElseThrow()));
        assertThat(resumed.run(() -> false)).isEqualTo(Reason.NO_IMPROVEMENT);
        assertThat(events(TrainingEvent.Evaluated.class)).hasSize(3);
    }

    @Test
    void aTrainingThatEndedTakesNoFurtherStep() throws IOException {
        for (String ended : List.of("patience=1", "patience=0")) {
            directory = Files.createTempDirectory(directory, "run");
            build();
            Reason reason = trainer("epochs=3", "learningRate=0", ended).run(() -> false);
            build();
            events.clear();
            Trainer resumed = trainer();
            resumed.restore(CheckpointStore.load(store().latest().orElseThrow()));
            assertThat(resumed.run(() -> false)).isEqualTo(reason);
            assertThat(events).hasSize(2).last().isInstanceOf(TrainingEvent.Finished.class);
        }
    }

    @Test
    void aCheckpointOfAnotherModelIsRefused() throws IOException {
        trainer("epochs=0.1").run(() -> false);
        Checkpoint checkpoint = CheckpointStore.load(store().latest().orElseThrow());
        model = Recipes.with(Recipes.named("vae"), Map.of("hidden", "9", "latents", "2"))
                .compose(DATA.spec(), new Initializer(Rng.seeded(1, Device.CPU), Device.CPU))
                .model();
        assertThatThrownBy(() -> trainer().restore(checkpoint))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the checkpoint is of another model or optimizer: 'posterior.network.0.weight' should be"
                        + " FLOAT32 [9, 30]; it is FLOAT32 [8, 30]");
    }

    @Test
    void aCheckpointOfAnotherOptimizerIsRefused() throws IOException {
        trainer("epochs=0.1", "optimizer=sgd").run(() -> false);
        Checkpoint checkpoint = CheckpointStore.load(store().latest().orElseThrow());
        assertThatThrownBy(() -> trainer("optimizer=adam").restore(checkpoint))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the checkpoint is of another model or optimizer: 'exp_avg.posterior.network.0.weight' should be"
                                + " FLOAT32 [8, 30]; it is not there");
    }

    @Test
    void momentsThatNoOptimizerHereHasAreNotPassedOver() throws IOException {
        trainer("epochs=0.1", "ema=0.9").run(() -> false);
        Checkpoint checkpoint = CheckpointStore.load(store().latest().orElseThrow());
        assertThatThrownBy(() -> trainer("ema=0").restore(checkpoint))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the checkpoint is of another model or optimizer: it holds 'raw.")
                .hasMessageEndingWith("for which there is no place");
    }

    @Test
    void divergenceNamesStepTermsLastFiniteFiguresAndTheCheckpointToGoBackTo() {
        objective = brokenFrom(9, List.of("negElbo", "rate"));
        DivergedException diverged = catchThrowableOfType(
                DivergedException.class, () -> trainer("epochs=3", "logEvery=2").run(() -> false));
        TrainingEvent.Diverged event = (TrainingEvent.Diverged) events.get(events.size() - 1);
        assertThat(event.step()).isEqualTo(9);
        assertThat(event.terms()).containsOnlyKeys("negElbo", "rate");
        assertThat(event.lastFinite())
                .containsKeys("negElbo", "distortion", "rate")
                .allSatisfy((name, value) -> assertThat(value).isFinite());
        Path checkpoint = directory.resolve("checkpoints/step-0000000006");
        assertThat(event.checkpoint()).contains(checkpoint);
        assertThat(diverged)
                .hasMessageStartingWith("training diverged at step 9: negElbo=")
                .hasMessageContaining("the last finite averages were negElbo=")
                .hasMessageContaining("Go back to " + checkpoint)
                .hasMessageEndingWith("with a smaller learning rate, or clip=1.");
    }

    /** From a step on, some terms are NaN. */
    private static Objective brokenFrom(int first, List<String> broken) {
        int[] step = {0};
        return (model, batch, at) -> {
            Loss loss = Elbo.standard().loss(model, batch, at);
            Map<String, Tensor> terms = new LinkedHashMap<>(loss.terms());
            if (++step[0] >= first) {
                broken.forEach(name -> terms.put(name, Tensor.scalar(Double.NaN, Device.CPU)));
            }
            return new Loss(loss.total(), terms);
        };
    }

    @Test
    void divergenceIsSeenInATotalWhoseTermsAreFinite() {
        int[] step = {0};
        objective = (model, batch, at) -> {
            Loss loss = Elbo.standard().loss(model, batch, at);
            return ++step[0] < 4 ? loss : new Loss(loss.total().times(Double.NaN), loss.terms());
        };
        assertThatThrownBy(() -> trainer("epochs=1").run(() -> false))
                .isInstanceOf(DivergedException.class)
                .hasMessageStartingWith("training diverged at step 4: total=NaN");
    }

    @Test
    void divergenceInATermThatIsNotInTheTotalNamesItsStep() {
        objective = brokenFrom(3, List.of("rate"));
        assertThatThrownBy(() -> trainer("epochs=1", "logEvery=5").run(() -> false))
                .isInstanceOf(DivergedException.class)
                .hasMessageStartingWith(
                        "training diverged at step 3: rate=NaN; no average was finite before. Start again");
    }

    @Test
    void weightsThatTheLastStepBeforeACheckpointDestroyedAreNotSaved() throws IOException {
        for (String ruinous : List.of("adam", "sgd")) {
            directory = Files.createTempDirectory(directory, "run");
            build();
            // the loss of the first step is finite, what it makes of the weights is not usable: 1e30, or infinite
            assertThatThrownBy(() -> trainer("epochs=3", "batch=48", "optimizer=" + ruinous, "learningRate=1e30")
                            .run(() -> false))
                    .isInstanceOf(DivergedException.class)
                    .hasMessageContaining("diverged at step 1:")
                    .hasMessageContaining("Start again with a smaller learning rate");
            assertThat(store().complete()).isEmpty();
        }
    }

    @Test
    void aStopAfterARuinousStepSavesNothing() throws IOException {
        objective = new Elbo(Schedule.constant(1e30), 0);
        settings.put("optimizer", "sgd");
        assertThatThrownBy(() -> trainer("epochs=3", "learningRate=1e20").run(() -> true))
                .isInstanceOf(DivergedException.class)
                .hasMessageStartingWith("training diverged at step 1: posterior.network.0.weight=NaN, ");
        assertThat(store().complete()).isEmpty();
    }

    @Test
    void aTooLargeLearningRateNeverLeavesACheckpointThatIsNotFinite() throws IOException {
        assertThatThrownBy(() ->
                        trainer("epochs=5", "learningRate=decay(0.01, 1e32, 2)").run(() -> false))
                .isInstanceOf(DivergedException.class)
                .hasMessageContaining("Go back to " + directory.resolve("checkpoints/step-0000000012"));
        for (Path checkpoint : store().complete()) {
            for (HostArray array : CheckpointStore.load(checkpoint).model().values()) {
                for (float value : array.toFloats()) {
                    assertThat(value).isBetween(-1e3f, 1e3f);
                }
            }
        }
    }
}
