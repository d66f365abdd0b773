package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.checkpoint.CheckpointStore;
import dev.elbo.data.DataSource;
import dev.elbo.data.Split;
import dev.elbo.data.Stripes;
import dev.elbo.recipe.Recipe;
import dev.elbo.recipe.Recipes;
import dev.elbo.recipe.SuitedData;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.train.TrainingEvent;
import dev.elbo.train.TrainingEvent.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training on from a checkpoint, in a session that knows nothing else, is training that had not stopped. */
class ResumeTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** After the first step, at the end of an epoch, and within one. */
    private static final List<Integer> STOPS = List.of(1, Runs.PER_EPOCH, 9);

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "vae, optimizer=adam",
        "vae, optimizer=adam weightDecay=0.1",
        "vae, optimizer=adamw weightDecay=0.1",
        "vae, optimizer=adamax",
        "vae, optimizer=sgd learningRate=0.001",
        "vae, optimizer=rmsprop",
        "vae, ema=0.9",
        "vae, clip=0.5 ema=0.99 optimizer=adamax",
        "vae, 'precision=bf16 replicas=2'",
        "vae, 'learningRate=cosine(0.01,0,3) beta=linear(0,1,2) freeBits=0.1'",
        "vae, pixels=static",
        "vae, evaluateEvery=0.5 patience=5",
        "vae, validation=0",
        "vae, likelihood=normal",
        "conv-vae, replicas=1",
        "conv-vae, 'replicas=2 ema=0.9'",
        "iwae, replicas=3",
        "cvae, ''",
        "ladder-vae, 'batchNorm=true beta=linear(0,1,2)'",
        "ladder-vae, 'replicas=2 levels=3 freeBits=0'",
        "vae, 'prior=vamp(3) ema=0.9'",
        "vae, 'prior=vamp(3) replicas=2'",
        "iwae, 'prior=flow(2) doublyReparameterised=true'",
        "vae, 'prior=flow(2) posterior=iaf(2) replicas=2'",
        "beta-tcvae, 'beta=linear(0,6,2)'",
        "factor-vae, 'clip=0.5 ema=0.9'",
        "aae, 'clip=0.5 ema=0.9'",
        "vae-gan, ''",
        "rae, regulariser=spectral-norm",
        "contractive-ae, ''",
        "piwae, replicas=2",
        "m2, 'labels=9 labelledShare=0.4'",
        "m2, 'labels=9 labelledShare=0.4 epochs=1 labelEpochs=1 imageEpochs=1 classifier=conv shift=1 rotation=10'",
        "m1-m2, 'labels=9 labelledShare=0.4 epochs=1 featureEpochs=1 labelEpochs=1 classHidden=8 shift=1'",
        "adgm, 'labels=9 labelledShare=0.4 auxiliaryLatents=3 imageEpochs=1 epochs=2'",
        "gm-vae, 'epochs=2 codeEpochs=1 clusters=3 shift=1'",
        "cvae, 'architecture=conv channels=4,5 replicas=1'",
        "vq-vae, 'epochs=1 priorEpochs=2'",
        "vq-vae-2, 'epochs=1 priorEpochs=2'",
        "rvq-vae, 'epochs=2 priorEpochs=1'",
        "fsq-vae, 'epochs=1 priorEpochs=2'",
        "deep-vae, 'ema=0.9 balance=true'",
        "geco-vae, 'tolerance=20'",
        "vq-vae, 'epochs=2 priorEpochs=1 ema=0.9 validation=0'",
        "iwae, doublyReparameterised=true"
    })
    void aTrainingThatStoppedGoesOnBitForBit(String recipe, String settings) throws IOException {
        requireTheSame(Runs.config(recipe, settings));
    }

    @Test
    void noiseOfDropoutAndAveragesOfBatchNormalisationGoOnToo() throws IOException {
        requireTheSame(Runs.config(new Regularised(8), "ema=0.9"));
    }

    /** Two adversaries, the words of content that are counted first, and the mean styles. */
    @Test
    void adversariesOfSentencesGoOnToo() throws IOException {
        Recipe recipe = Recipes.with(
                Recipes.named("latent-style-vae"),
                Map.of("embedding", "4", "hidden", "4", "styleLatents", "2", "contentLatents", "3"));
        requireTheSame(Runs.config(recipe, "ema=0.9"), SuitedData.sentences(60));
    }

    private void requireTheSame(RunConfig config) throws IOException {
        requireTheSame(config, Runs.data());
    }

    private void requireTheSame(RunConfig config, DataSource data) throws IOException {
        RunDirectory straight = run("straight", config, data);
        train(straight, data, event -> {}, () -> false);
        RunDirectory stopped = run("stopped", config, data);
        for (int stop : STOPS) {
            assertThat(train(stopped, data, event -> {}, after(stop - taken(stopped))))
                    .isEqualTo(Reason.STOPPED);
        }
        assertThat(train(stopped, data, event -> {}, () -> false)).isEqualTo(Reason.COMPLETED);
        requireTheSame(straight, stopped);
    }

    private RunDirectory run(String name, RunConfig config) throws IOException {
        return run(name, config, Runs.data());
    }

    private RunDirectory run(String name, RunConfig config, DataSource data) throws IOException {
        RunDirectory run = new RunDirectory(directory.resolve(name), config);
        run.begin(Device.CPU, data.spec());
        return run;
    }

    private static Reason train(RunDirectory run, Consumer<TrainingEvent> listener, BooleanSupplier stop)
            throws IOException {
        return train(run, Runs.data(), listener, stop);
    }

    private static Reason train(
            RunDirectory run, DataSource data, Consumer<TrainingEvent> listener, BooleanSupplier stop)
            throws IOException {
        try (Session session = new Session(run, data, Device.CPU)) {
            return session.train(listener, stop);
        }
    }

    private static long taken(RunDirectory run) throws IOException {
        Optional<Path> latest = run.checkpoints().latest();
        return latest.isPresent() ? CheckpointStore.load(latest.get()).step() : 0;
    }

    private static BooleanSupplier after(long steps) {
        long[] asked = {0};
        return () -> ++asked[0] == steps;
    }

    private static void requireTheSame(RunDirectory expected, RunDirectory actual) throws IOException {
        Path last = expected.checkpoints().latest().orElseThrow();
        Path other = actual.checkpoints().latest().orElseThrow();
        assertThat(other).hasFileName(last.getFileName().toString());
        // weights, moments, averages, score and counters
        for (String file : List.of("model.safetensors", "training.safetensors", "state.json")) {
            assertThat(other.resolve(file)).hasSameBinaryContentAs(last.resolve(file));
        }
        assertThat(metrics(actual)).isEqualTo(metrics(expected));
    }

    /** The lines of a run without what a clock measured. */
    private static List<ObjectNode> metrics(RunDirectory run) throws IOException {
        List<ObjectNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(run.metrics())) {
            lines.add(((ObjectNode) JSON.readTree(line)).without(List.of("seconds", "samplesPerSecond")));
        }
        return lines;
    }

    @Test
    void aTrainingThatWasKilledGoesOnFromItsLastCheckpoint() throws IOException {
        RunConfig config = Runs.config("vae", "");
        RunDirectory straight = run("straight", config);
        train(straight, event -> {}, () -> false);
        RunDirectory killed = run("killed", config);
        assertThatThrownBy(() -> train(killed, dyingAt(Runs.PER_EPOCH + 4), () -> false))
                .hasMessage("killed");
        Files.writeString(killed.metrics(), Files.readString(killed.metrics()) + "{\"event\":\"step\",\"st");
        train(killed, event -> {}, () -> false);
        requireTheSame(straight, killed);
    }

    private static Consumer<TrainingEvent> dyingAt(long step) {
        return event -> {
            if (event instanceof TrainingEvent.Progressed at && at.step() == step) {
                throw new IllegalStateException("killed");
            }
        };
    }

    @Test
    void aTrainingWhoseLastCheckpointIsDamagedGoesOnFromTheOneBefore() throws IOException {
        RunConfig config = Runs.config("vae", "");
        RunDirectory straight = run("straight", config);
        train(straight, event -> {}, () -> false);
        RunDirectory damaged = run("damaged", config);
        train(damaged, event -> {}, () -> false);
        Files.writeString(damaged.checkpoints().latest().orElseThrow().resolve("training.safetensors"), "");
        train(damaged, event -> {}, () -> false);
        requireTheSame(straight, damaged);
    }

    @Test
    void aFinishedTrainingIsLeftAsItIs() throws IOException {
        RunDirectory run = run("finished", Runs.config("vae", ""));
        train(run, event -> {}, () -> false);
        String metrics = Files.readString(run.metrics());
        assertThat(train(run, event -> {}, () -> false)).isEqualTo(Reason.COMPLETED);
        assertThat(run.metrics()).hasContent(metrics);
    }

    @Test
    void metricsHaveALineForEachEventAndStep() throws IOException {
        RunDirectory run = run("metrics", Runs.config("vae", ""));
        train(run, event -> {}, () -> false);
        List<ObjectNode> lines = metrics(run);
        assertThat(lines).hasSize(Runs.STEPS + 3);
        assertThat(lines.get(Runs.PER_EPOCH - 1).toString())
                .startsWith("{\"event\":\"step\",\"step\":6,\"epoch\":1.0,\"learningRate\":0.01,\"gradientNorm\":")
                .contains(",\"terms\":{\"negElbo\":");
        assertThat(lines.get(Runs.PER_EPOCH).toString())
                .startsWith("{\"event\":\"evaluated\",\"step\":6,\"epoch\":1.0,\"split\":\"validation\",\"terms\":{");
    }

    private static void goOn(RunDirectory run, DataSource data, boolean accepted) throws IOException {
        try (Session session = new Session(run, data, Device.CPU)) {
            if (accepted) {
                session.acceptChangesOfData();
            }
            session.train(event -> {}, () -> false);
        }
    }

    @Test
    void otherDataThanARunWasBegunWithAreRefusedUnlessTheyAreAccepted() throws IOException {
        RunDirectory run = run("changed", Runs.config("vae", ""));
        train(run, event -> {}, after(4));
        DataSource fewer = Stripes.of(1, 5, 6, 58);
        assertThatThrownBy(() -> goOn(run, fewer, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the data are not those that run 'changed' was begun with: train has 58 examples where the"
                        + " run was begun with 60; test has 29 examples where the run was begun with 30. Put them"
                        + " back as they were, say with --data where those are, or go on with these by"
                        + " --changed-data");
        assertThat(taken(run)).isEqualTo(4);
        goOn(run, fewer, true);
        goOn(run, fewer, false); // they are its data by now
    }

    @Test
    void dataOfWhichOneLevelOfOnePixelHasChangedAreOthers() throws IOException {
        RunDirectory run = run("pixel", Runs.config("vae", ""));
        train(run, event -> {}, after(4));
        DataSource data = Runs.data();
        byte[] levels = new byte[60 * 30];
        data.train().field("image").toHost().bytes().get(levels);
        levels[777]++;
        Map<String, HostArray> fields = Map.of(
                "image", HostArray.of(levels, 60, 1, 5, 6),
                "label", data.train().field("label").toHost());
        DataSource changed = new DataSource(data.spec(), new Split(fields), data.test());
        assertThatThrownBy(() -> goOn(run, changed, false))
                .hasMessageContaining("train has as many examples as the run was begun with, and others");
    }

    @Test
    void aRunOfAnEarlierVersionThatDoesNotSayByWhatItsDataAreKnownGoesOn() throws IOException {
        RunDirectory run = run("old", Runs.config("vae", ""));
        train(run, event -> {}, after(4));
        Path config = run.path().resolve("config.json");
        ObjectNode json = (ObjectNode) JSON.readTree(config.toFile());
        ((ObjectNode) json.path("data")).remove("fingerprint");
        json.remove("sessions");
        Files.writeString(config, json.toString());
        assertThat(train(run, event -> {}, () -> false)).isEqualTo(Reason.COMPLETED);
    }

    @Test
    void secondsAndSessionsAddUp() throws IOException {
        RunDirectory run = run("twice", Runs.config("vae", ""));
        train(run, event -> {}, after(Runs.PER_EPOCH));
        double before = RunStatus.of(run).seconds();
        List<TrainingEvent> events = new ArrayList<>();
        RunDirectory longer = run.reconfigure(run.config().epochs(5));
        train(longer, events::add, () -> false);

        TrainingEvent.Started started = (TrainingEvent.Started) events.get(0);
        assertThat(started.seconds()).isPositive().isLessThanOrEqualTo(before); // of the last line of metrics
        assertThat(RunStatus.of(longer).seconds()).isGreaterThan(started.seconds());
        JsonNode sessions =
                JSON.readTree(run.path().resolve("config.json").toFile()).path("sessions");
        assertThat(sessions.findValuesAsText("step")).containsExactly("0", String.valueOf(Runs.PER_EPOCH));
        assertThat(sessions.findValuesAsText("epochs")).containsExactly("3.0", "5.0");
        assertThat(longer.writeReport())
                .content()
                .contains("Train it again, in 2 sessions, the later ones from step 6")
                .containsPattern("--epochs 3 [^<]*&amp;&amp; [^<]* resume last --epochs 5");
    }

    /** A folder in the way of a file stands in for a disk that takes no more. */
    @Test
    void whatIsMeasuredIsToldBeforeAFullDiskRefusesIt() throws IOException {
        RunDirectory run = run("full", Runs.config("vae", ""));
        List<Long> told = new ArrayList<>();
        Consumer<TrainingEvent> listener = event -> {
            told.add(event.step());
            block(run.metrics());
        };
        assertThatThrownBy(() -> train(run, listener, () -> false))
                .hasMessageContaining("metrics could not be written");
        assertThat(told).containsExactly(0L, 1L); // the start, and the first step
    }

    private static void block(Path file) {
        try {
            Files.createDirectories(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
