package dev.elbo.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.data.Batch;
import dev.elbo.data.DataSource;
import dev.elbo.data.Examples;
import dev.elbo.data.Pixels;
import dev.elbo.data.Stripes;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Initializer;
import dev.elbo.objective.Loss;
import dev.elbo.objective.Objective;
import dev.elbo.objective.Schedule;
import dev.elbo.objective.Step;
import dev.elbo.option.Options;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.NoiseTape;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.cuda.Capturer;
import dev.elbo.tensor.cuda.Capturer.CaptureException;
import dev.elbo.tensor.cuda.Capturer.Recording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps that are recorded and replayed are those that would have been taken. */
class RecordedStepsTest {
    private static final DataSource DATA = Stripes.of(1, 8, 8, 48);
    private static final Map<String, String> SETTINGS =
            Map.of("batch", "8", "epochs", "2", "replicas", "1", "clip", "1", "ema", "0.9", "validation", "0");

    private final Scope scope = Scope.open("test");
    private final List<TrainingEvent> events = new ArrayList<>();
    private boolean failing;

    @AfterEach
    void close() {
        scope.close();
    }

    private Trainer trainer(
            LatentVariableModel model,
            Objective objective,
            Pixels pixels,
            Map<String, String> more,
            Optional<Capturer> capturer) {
        Map<String, String> settings = new LinkedHashMap<>(SETTINGS);
        settings.putAll(more);
        return new Trainer(
                Composition.of(model, objective),
                new Examples(DATA.train(), DATA.spec(), pixels, 1, Device.CPU),
                Optional.empty(),
                Options.of(TrainingSettings.standard()).with(settings),
                1,
                Optional.empty(),
                events::add,
                capturer);
    }

    private static Composition composed(Recipe recipe) {
        return recipe.compose(DATA.spec(), new Initializer(Rng.seeded(1, Device.CPU), Device.CPU));
    }

    private static LatentVariableModel model(Recipe recipe) {
        return composed(recipe).model();
    }

    private static Objective objective(Recipe recipe) {
        return composed(recipe).stages().get(0).objective();
    }

    private Map<String, HostArray> trained(Recipe recipe, Optional<Capturer> capturer) throws IOException {
        return trained(recipe, objective(recipe), capturer);
    }

    private Map<String, HostArray> trained(Recipe recipe, Objective objective, Optional<Capturer> capturer)
            throws IOException {
        LatentVariableModel model = model(recipe);
        trainer(model, objective, recipe.treatments().get(0), Map.of(), capturer)
                .run(() -> false);
        return host(model);
    }

    private static Map<String, HostArray> host(LatentVariableModel model) {
        Map<String, HostArray> weights = new LinkedHashMap<>();
        model.state().forEach((name, tensor) -> weights.put(name, tensor.toHost()));
        return weights;
    }

    static Stream<Recipe> recipes() {
        return Stream.concat(
                Recipes.all().stream()
                        .filter(recipe -> !recipe.treatments().isEmpty()
                                && Recipes.options(recipe).has("latents")) // one stage, and one shape of batches
                        .map(recipe -> Recipes.with(recipe, Map.of("latents", "2"))),
                Stream.of(
                        Recipes.with(Recipes.named("vae"), Map.of("beta", "linear(0, 1, 1)", "hidden", "8")),
                        Recipes.with(Recipes.named("vae"), Map.of("freeBits", "0.1", "hidden", "8"))));
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void trainToTheSameWeights(Recipe recipe) throws IOException {
        FakeCapturer capturer = FakeCapturer.working();

        Map<String, HostArray> replayed = trained(recipe, Optional.of(capturer));

        assertThat(replayed).isEqualTo(trained(recipe, Optional.empty()));
        List<String> expected = new ArrayList<>(List.of("rehearse", "rehearse", "rehearse", "record"));
        expected.addAll(Collections.nCopies(9, "replay"));
        expected.add("close");
        assertThat(capturer.log()).isEqualTo(expected);
        assertThat(events).contains(new TrainingEvent.Recorded(3, 42));
    }

    /** One moves what the other does not. */
    @Test
    void stepsOfTheEncoderAndStepsOfAllHaveRecordingsOfTheirOwn() throws IOException {
        FakeCapturer capturer = FakeCapturer.working();
        Recipe recipe = Recipes.with(Recipes.named("vae"), Map.of("hidden", "8", "latents", "2"));
        LatentVariableModel model = model(recipe);
        Map<String, String> settings = Map.of("encoderUpdates", "2");
        trainer(model, objective(recipe), Pixels.DYNAMIC, settings, Optional.of(capturer))
                .run(() -> false);
        LatentVariableModel plain = model(recipe);
        trainer(plain, objective(recipe), Pixels.DYNAMIC, settings, Optional.empty())
                .run(() -> false);
        assertThat(host(model)).isEqualTo(host(plain));
        assertThat(capturer.log().stream().filter("record"::equals)).hasSize(2);
    }

    /** Of which examples some have a label: which ones is told beside the fields. */
    @Test
    void whatExamplesLackIsReadAnewInEveryReplay() throws IOException {
        assertThat(trainedWithFewLabels(Optional.of(FakeCapturer.working())))
                .isEqualTo(trainedWithFewLabels(Optional.empty()));
    }

    private Map<String, HostArray> trainedWithFewLabels(Optional<Capturer> capturer) throws IOException {
        Recipe recipe = Recipes.with(
                Recipes.named("m2"), Map.of("hidden", "8", "latents", "2", "labels", "6", "labelledShare", "0.4"));
        Composition composition = composed(recipe);
        new Trainer(
                        composition,
                        new Examples(recipe.seen(DATA.train(), 1), DATA.spec(), Pixels.DYNAMIC, 1, Device.CPU),
                        Optional.empty(),
                        Options.of(TrainingSettings.standard()).with(SETTINGS),
                        1,
                        Optional.empty(),
                        events::add,
                        capturer)
                .run(() -> false);
        return host(composition.model());
    }

    /** Notes what a recording would read, by the addresses that it knows: of the call in which it was made. */
    private static final class Witness implements Objective {
        private final Schedule beta = Schedule.parse("linear(0, 1, 2)");
        private final Scope home = Scope.current();
        private final List<List<HostArray>> seen = new ArrayList<>();
        private List<Tensor> read = List.of();

        @Override
        public Loss loss(LatentVariableModel model, Batch batch, Step step) {
            Tensor noise = step.pass().rng().normal(Shape.of(3, 2));
            Tensor weight = step.value(beta);
            read = Stream.of(batch.get("image"), batch.get("label"), noise, weight)
                    .map(home::adopt)
                    .toList();
            note();
            Tensor loss = batch.get("image").mean().times(weight);
            Tensor parameters = model.parameters().values().iterator().next();
            return new Loss(loss.plus(parameters.mean()), Map.of("loss", loss));
        }

        void note() {
            seen.add(read.stream().map(Tensor::toHost).toList());
        }
    }

    @Test
    void aRecordingFindsTheBatchTheNoiseAndTheSchedulesOfEachStepWhereItReadsThem() {
        Witness eager = new Witness();
        takeSteps(eager, Optional.empty());
        Witness blind = new Witness();
        takeSteps(blind, Optional.of(FakeCapturer.blind(blind::note)));

        List<List<HostArray>> replayed = new ArrayList<>(blind.seen);
        replayed.remove(3); // seen while it was recorded, and again when it was replayed
        assertThat(replayed).hasSize(12).isEqualTo(eager.seen).doesNotHaveDuplicates();
    }

    private void takeSteps(Witness witness, Optional<Capturer> capturer) {
        TrainingState state = new TrainingState(
                Composition.of(model(Recipes.named("vae")), witness),
                new Examples(DATA.train(), DATA.spec(), Pixels.DYNAMIC, 1, Device.CPU),
                Options.of(TrainingSettings.standard()).with(SETTINGS),
                1,
                capturer,
                events::add);
        for (int step = 0; step < 12; step++) {
            state.step(step);
        }
    }

    @Test
    void whatCannotBeRecordedIsDoneAsItIsAndSaid() throws IOException {
        Recipe recipe = Recipes.with(Recipes.named("vae"), Map.of("hidden", "8"));
        Capturer refusing = new Capturer() {
            @Override
            public void rehearse(Runnable work) {
                work.run();
            }

            @Override
            public Recording record(Runnable work) {
                failing = true;
                try {
                    work.run(); // as far as the objective lets it
                } catch (IllegalStateException e) {
                    throw new CaptureException(String.valueOf(e.getMessage()), e);
                } finally {
                    failing = false;
                }
                throw new AssertionError("the objective let it pass");
            }
        };

        Objective objective = new Objective() {
            @Override
            public Loss loss(LatentVariableModel model, Batch batch, Step step) {
                Loss loss = objective(recipe).loss(model, batch, step); // has drawn noise
                if (failing) {
                    step.pass().rng().normal(Shape.of(100_000)); // and lets the tape grow
                    throw new IllegalStateException("a value was asked for");
                }
                return loss;
            }
        };

        assertThat(trained(recipe, objective, Optional.of(refusing)))
                .isEqualTo(trained(recipe, objective, Optional.empty()));
        assertThat(events.stream().filter(TrainingEvent.NotRecorded.class::isInstance))
                .containsExactly(new TrainingEvent.NotRecorded(3, "a value was asked for"));
    }

    @Test
    void lengthsAndPresencesOfARecordedStepAreThoseOfItsBatch() {
        List<String> taken = new ArrayList<>();
        RecordedSteps steps = new RecordedSteps(
                FakeCapturer.working(),
                batch -> taken.add(Arrays.toString(batch.lengths("x").toHost().toLongs())
                        + Arrays.toString(batch.present("x").toFloats())),
                events::add);

        for (int step = 0; step < 6; step++) {
            try (Scope each = Scope.open("step")) {
                steps.take(
                        step,
                        new Batch(
                                Map.of("x", Tensor.zeros(Device.CPU, 1, 9)),
                                Map.of("x", Tensor.of(new long[] {step}, 1)),
                                Map.of("x", Tensor.of(new float[] {step % 2}, 1))));
            }
        }
        assertThat(taken).containsExactly("[0][0.0]", "[1][1.0]", "[2][0.0]", "[3][1.0]", "[4][0.0]", "[5][1.0]");
    }

    @Test
    void eachShapeHasARecordingOfItsOwn() {
        FakeCapturer capturer = FakeCapturer.working();
        List<float[]> taken = new ArrayList<>();
        RecordedSteps steps = new RecordedSteps(
                capturer, batch -> taken.add(batch.get("x").toHost().toFloats()), events::add);

        for (int step = 0; step < 12; step++) {
            try (Scope each = Scope.open("step")) {
                int size = step % 2 == 0 ? 2 : 1;
                float[] values = new float[size];
                values[0] = step;
                steps.take(step, new Batch(Map.of("x", Tensor.of(values, size))));
            }
        }
        steps.forget();

        assertThat(taken).hasSize(12).allSatisfy(x -> assertThat(x[0]).isEqualTo(taken.indexOf(x)));
        assertThat(taken.get(10)).hasSize(2);
        assertThat(taken.get(11)).hasSize(1);
        assertThat(Collections.frequency(capturer.log(), "record")).isEqualTo(2);
        assertThat(Collections.frequency(capturer.log(), "close")).isEqualTo(2);
        assertThat(events).containsExactly(new TrainingEvent.Recorded(6, 42), new TrainingEvent.Recorded(7, 42));
    }

    /** Remembers the tensor that the work read when it was recorded, as a graph does its address. */
    private static final class Baking implements Capturer {
        private final List<HostArray> seen = new ArrayList<>();
        private Tensor read = Tensor.zeros(Device.CPU, 0);

        @Override
        public void rehearse(Runnable work) {
            work.run();
            seen.add(read.toHost());
        }

        @Override
        public Recording record(Runnable work) {
            work.run();
            Tensor baked = read;
            return new Recording() {
                @Override
                public void replay() {
                    seen.add(baked.toHost());
                }

                @Override
                public long operations() {
                    return 1;
                }

                @Override
                public void close() {}
            };
        }
    }

    @Test
    void recordingsOfAllShapesReadTheNoiseOfTheirStepThoughOneLetsTheTapeGrow() {
        NoiseTape tape = new NoiseTape(1, Device.CPU);
        Baking capturer = new Baking();
        RecordedSteps steps = new RecordedSteps(
                capturer,
                batch -> capturer.read =
                        scope.adopt(tape.normal(Shape.of(batch.get("x").size(0), 1000))),
                events::add);
        List<HostArray> expected = new ArrayList<>();

        for (int step = 0; step < 20; step++) {
            try (Scope each = Scope.open("step")) {
                int size = step > 6 && step % 2 == 0 ? 30 : 1;
                NoiseTape fresh = new NoiseTape(1, Device.CPU);
                fresh.rewind(step);
                expected.add(fresh.normal(Shape.of(size, 1000)).toHost());
                tape.rewind(step);
                steps.take(step, new Batch(Map.of("x", Tensor.zeros(Device.CPU, size))));
            }
        }

        assertThat(capturer.seen).isEqualTo(expected);
    }

    /** Takes steps over batches of these sizes, each of which holds the number of its step. */
    private static List<Float> takeSteps(RecordedSteps steps, List<Float> taken, int... sizes) {
        for (int step = 0; step < sizes.length; step++) {
            try (Scope each = Scope.open("step")) {
                Tensor x = Tensor.zeros(Device.CPU, sizes[step]).fill(step);
                assertThat(steps.take(step, new Batch(Map.of("x", x)))).isTrue();
            }
        }
        return taken;
    }

    private RecordedSteps noting(Capturer capturer, List<Float> taken) {
        return new RecordedSteps(capturer, batch -> taken.add(batch.get("x").toFloats()[0]), events::add);
    }

    /** Sentences of 1 to {@code lengths} words, each length in its turn, so often. */
    private static int[] ragged(int lengths, int times) {
        return IntStream.range(0, lengths * times).map(i -> 1 + i % lengths).toArray();
    }

    @Test
    void raggedTextIsRecordedOnceForEachLengthAndReplayedThoughNewLengthsComeInBetween() {
        FakeCapturer capturer = FakeCapturer.working();
        List<Float> taken = new ArrayList<>();

        takeSteps(noting(capturer, taken), taken, ragged(16, 10));

        assertThat(taken).containsExactlyElementsOf(numbers(160));
        assertThat(Collections.frequency(capturer.log(), "rehearse")).isEqualTo(16 * 3);
        assertThat(Collections.frequency(capturer.log(), "record")).isEqualTo(16);
        assertThat(Collections.frequency(capturer.log(), "replay")).isEqualTo(16 * 7);
        assertThat(capturer.log()).doesNotContain("close");
    }

    private static List<Float> numbers(int count) {
        return IntStream.range(0, count).mapToObj(i -> (float) i).toList();
    }

    @Test
    void theShapeThatWasNotUsedForLongestMakesRoomForANewOne() {
        FakeCapturer capturer = FakeCapturer.working();
        List<Float> taken = new ArrayList<>();
        RecordedSteps steps = noting(capturer, taken);
        int before = scope.size();

        takeSteps(steps, taken, ragged(16, 4)); // each is recorded
        takeSteps(steps, taken, 1, 17, 1, 3); // 17 drives out 2
        assertThat(Collections.frequency(capturer.log(), "close")).isEqualTo(1);
        assertThat(Collections.frequency(capturer.log(), "record")).isEqualTo(16);
        assertThat(scope.size() - before).isEqualTo(16); // a place for each shape, and not for 17

        takeSteps(steps, taken, 2, 2, 2, 2); // drives out 4
        assertThat(Collections.frequency(capturer.log(), "record")).isEqualTo(17);
        assertThat(Collections.frequency(capturer.log(), "close")).isEqualTo(2);
        assertThat(taken).hasSize(64 + 4 + 4);
    }

    @Test
    void recordingsOutliveANewShapeThatMovesNothing() {
        NoiseTape tape = new NoiseTape(1, Device.CPU);
        FakeCapturer capturer = FakeCapturer.working();
        RecordedSteps steps =
                new RecordedSteps(capturer, batch -> tape.normal(batch.get("x").shape()), events::add);
        takeRewound(tape, steps, 1000, 1000, 1000, 1000, 1000); // recorded and replayed
        assertThat(capturer.log()).containsExactly("rehearse", "rehearse", "rehearse", "record", "replay", "replay");

        takeRewound(tape, steps, 10, 1000); // fits into the tape
        assertThat(capturer.log().subList(6, capturer.log().size())).containsExactly("rehearse", "replay");

        takeRewound(tape, steps, 5000, 1000); // the tape grows and moves
        assertThat(capturer.log().subList(8, capturer.log().size()))
                .containsExactly("rehearse", "close", "record", "replay");
    }

    private static void takeRewound(NoiseTape tape, RecordedSteps steps, int... sizes) {
        for (int size : sizes) {
            try (Scope each = Scope.open("step")) {
                tape.rewind(0);
                assertThat(steps.take(0, new Batch(Map.of("x", Tensor.zeros(Device.CPU, size)))))
                        .isTrue();
            }
        }
    }

    @Test
    void whatMovedWhileTheBatchWasMadeIsNotReadByAnOldRecording() {
        NoiseTape tape = new NoiseTape(1, Device.CPU);
        FakeCapturer capturer = FakeCapturer.working();
        RecordedSteps steps =
                new RecordedSteps(capturer, batch -> tape.normal(batch.get("x").shape()), events::add);
        takeRewound(tape, steps, 10, 10, 10, 10);
        try (Scope each = Scope.open("step")) {
            tape.rewind(0);
            tape.uniform(Shape.of(100)); // dynamic pixels of a larger picture
        }
        takeRewound(tape, steps, 10);
        assertThat(capturer.log())
                .containsExactly("rehearse", "rehearse", "rehearse", "record", "replay", "close", "record", "replay");
    }

    @Test
    void aRecordingDuringWhichSomethingMovedIsNotReplayed() {
        Tensor[] buffer = {scope.adopt(Tensor.zeros(Device.CPU, 1))};
        FakeCapturer capturer = FakeCapturer.blind(() -> {});
        RecordedSteps steps = new RecordedSteps(
                capturer,
                batch -> {
                    if (capturer.log().size() == 4) { // the first recording
                        scope.release(buffer[0]);
                        buffer[0] = scope.adopt(Tensor.zeros(Device.CPU, 2));
                    }
                },
                events::add);
        List<Boolean> taken = new ArrayList<>();
        for (int step = 0; step < 5; step++) {
            try (Scope each = Scope.open("step")) {
                taken.add(steps.take(step, new Batch(Map.of("x", Tensor.zeros(Device.CPU, 1)))));
            }
        }
        assertThat(taken).containsExactly(true, true, true, false, true);
        assertThat(capturer.log())
                .containsExactly("rehearse", "rehearse", "rehearse", "record", "close", "record", "replay");
    }

    @Test
    void theProcessorRecordsNothing() {
        assertThat(Device.CPU.capturer()).isEmpty();
    }
}
