package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.checkpoint.Checkpoint;
import dev.elbo.checkpoint.CheckpointStore;
import dev.elbo.exhibit.Samples;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.train.TrainingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A prior that is fitted to a finished run. */
class FittedPriorTest {
    @TempDir
    Path directory;

    private RunDirectory base = new RunDirectory(Path.of("base"), Runs.config("vae", ""));

    @BeforeEach
    void finish() throws IOException {
        base = finished("base", Runs.config("vae", ""));
    }

    private RunDirectory finished(String name, RunConfig config) throws IOException {
        RunDirectory run = begun(name, config);
        train(run, () -> false);
        return run;
    }

    private RunDirectory begun(String name, RunConfig config) throws IOException {
        RunDirectory run = new RunDirectory(directory.resolve(name), config);
        run.begin(Device.CPU, Runs.data().spec());
        return run;
    }

    private static void train(RunDirectory run, BooleanSupplier stop) throws IOException {
        try (Session session = new Session(run, Runs.data(), Device.CPU)) {
            session.train(event -> {}, stop);
        }
    }

    private static RunConfig fitting(RunDirectory base, String prior) {
        return RunConfig.fitting(base, prior, Map.of("epochs", "3"));
    }

    private static Map<String, HostArray> withoutPrior(Path checkpoint) throws IOException {
        Map<String, HostArray> kept =
                new TreeMap<>(CheckpointStore.load(checkpoint).model());
        kept.keySet().removeIf(name -> name.startsWith("prior."));
        return kept;
    }

    @ParameterizedTest
    @ValueSource(strings = {"mixture(3)", "flow(2)", "two-stage(8)", "vamp(4)", "learned"})
    void theModelStaysBitForBitAndItsPriorLearns(String prior) throws IOException {
        RunDirectory fitted = begun("fitted", fitting(base, prior));
        train(fitted, () -> false);
        Path best = base.checkpoints().best().orElseThrow();
        Checkpoint last = CheckpointStore.load(fitted.checkpoints().latest().orElseThrow());
        assertThat(withoutPrior(fitted.checkpoints().latest().orElseThrow())).isEqualTo(withoutPrior(best));
        assertThat(last.model().keySet()).anyMatch(name -> name.startsWith("prior."));
        assertThat(last.step()).isEqualTo(Runs.STEPS);
    }

    @Test
    void choicesAreFittedToo() throws IOException {
        base = finished("choices", Runs.config("concrete-vae", "choices=3 classes=4"));
        theModelStaysBitForBitAndItsPriorLearns("choices(8)");
    }

    /** The best checkpoint is the one whose prior expects held-out codes best: there is no rate, and the distortion stays. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "rae mixture(3)",
                "ae flow(2)",
                "denoising-ae maf(2)",
                "sparse-ae two-stage(8)",
                "contractive-ae learned",
                "wae mixture(2)"
            })
    void codesThatArePointsAreFittedToo(String recipe, String prior) throws IOException {
        RunDirectory points = finished("points", Runs.config(recipe, ""));
        RunDirectory fitted = begun("fitted", fitting(points, prior));
        Map<Long, Double> surprisals = new TreeMap<>();
        try (Session session = new Session(fitted, Runs.data(), Device.CPU)) {
            session.train(
                    event -> {
                        if (event instanceof TrainingEvent.Evaluated at) {
                            surprisals.put(
                                    at.step(), Objects.requireNonNull(at.terms().get("surprisal")));
                        }
                    },
                    () -> false);
        }
        Path best = fitted.checkpoints().best().orElseThrow();
        assertThat(withoutPrior(best))
                .isEqualTo(withoutPrior(points.checkpoints().best().orElseThrow()));
        assertThat(surprisals.get(CheckpointStore.load(best).step())).isEqualTo(Collections.min(surprisals.values()));
        try (Session session = new Session(RunDirectory.open(fitted.path()), Runs.data(), Device.CPU).loadBest()) {
            Evaluation evaluation = session.evaluate("test", 5, done -> {});
            assertThat(evaluation.bound().isBound()).isFalse();
            assertThat(evaluation.likelihood()).isEmpty();
            assertThat(evaluation.measures()).containsKey("surprisal");
            assertThat(Samples.of(3, 1).of(session.showing())).isNotNull();
        }
    }

    @Test
    void ofPointsTooItGoesOnBitForBit() throws IOException {
        base = finished("points", Runs.config("rae", ""));
        itGoesOnBitForBitThoughTheBaseBeGone();
    }

    @Test
    void aFittedPriorExpectsCodesBetterThanTheOneThatWasThere() throws IOException {
        base = finished("points", Runs.config("wae", "weight=0.001"));
        RunDirectory fitted = begun("fitted", fitting(base, "mixture(3)"));
        train(fitted, () -> false);
        assertThat(surprisal(fitted)).isLessThan(surprisal(base));
    }

    private static double surprisal(RunDirectory run) throws IOException {
        try (Session session = new Session(run, Runs.data(), Device.CPU).loadBest()) {
            Evaluation evaluation = session.evaluate("test", 1, done -> {});
            return Objects.requireNonNull(evaluation.measures().get("surprisal"))
                    .asDouble();
        }
    }

    /** And without the updates of an encoder, which learns nothing any more. While it was trained, its rate would have lost its bound beside another prior; now nothing but the prior learns. */
    @Test
    void aPosteriorWithALeastRateHasAnotherPriorAfterTraining() throws IOException {
        base = finished("delta", Runs.config("vae", "posterior=delta(1) encoderUpdates=2"));
        train(begun("fitted", fitting(base, "flow(2)")), () -> false);
    }

    /** Of codes that N(0, I) never drew together: fitted, their density is higher. */
    @Test
    void theRateOfTheCodesFalls() throws IOException {
        base = finished("free", Runs.config("vae", "beta=0.001"));
        RunDirectory fitted =
                begun("fitted", RunConfig.fitting(base, "mixture(3)", Map.of("epochs", "20", "learningRate", "0.03")));
        train(fitted, () -> false);
        double before;
        double after;
        try (Session old = new Session(base, Runs.data(), Device.CPU).loadBest();
                Session now = new Session(fitted, Runs.data(), Device.CPU).loadBest()) {
            before = old.evaluate("train", 5, done -> {}).bound().rate();
            after = now.evaluate("train", 5, done -> {}).bound().rate();
        }
        assertThat(after).isLessThan(before);
    }

    /** It has the base's weights itself from its first checkpoint on. */
    @Test
    void itGoesOnBitForBitThoughTheBaseBeGone() throws IOException {
        RunDirectory straight = begun("straight", fitting(base, "flow(2)"));
        train(straight, () -> false);
        RunDirectory stopped = begun("stopped", fitting(base, "flow(2)"));
        int[] asked = {0};
        train(stopped, () -> ++asked[0] == Runs.PER_EPOCH + 1);
        delete(base.path());
        train(RunDirectory.open(stopped.path()), () -> false);
        for (String file : new String[] {"model.safetensors", "training.safetensors"}) {
            assertThat(stopped.checkpoints().latest().orElseThrow().resolve(file))
                    .hasSameBinaryContentAs(
                            straight.checkpoints().latest().orElseThrow().resolve(file));
        }
        try (TrainedModel alone = TrainedModel.open(RunDirectory.open(stopped.path()), Device.CPU)) {
            assertThat(Samples.of(3, 1).of(alone.showing())).isNotNull();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "normal    |        | normal has nothing to learn from codes of posterior=normal; fit one of learned,"
                        + " mixture(10), vamp(500), flow(4), maf(4), two-stage(256)",
                "flow(2)   | posterior=vmf prior=sphere | flow(2) is no density of codes of posterior=vmf; fit one of"
                        + " vamp(500)",
                "vamp(3)   | posterior=iaf(1) | vamp(3) is no density of codes of posterior=iaf(1); fit one of learned,"
                        + " mixture(10), flow(4), maf(4), two-stage(256)",
                "vamp(3)   | posterior=point prior=fitted | vamp(3) is no density of codes of posterior=point; fit one of"
                        + " learned, mixture(10), flow(4), maf(4), two-stage(256)",
            })
    void aPriorThatCannotBeFittedIsRefusedByNamingThoseThatCan(String prior, String settings, String message) {
        RunDirectory run =
                new RunDirectory(directory.resolve("run"), Runs.config("vae", settings == null ? "" : settings));
        assertThatThrownBy(() -> fitting(run, prior))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    /** The model of adgm has two. */
    @Test
    void aModelWithSeveralLatentsIsRefused() {
        RunDirectory run = new RunDirectory(
                directory.resolve("fitted"),
                fitting(new RunDirectory(directory.resolve("base"), Runs.config("adgm", "")), "mixture(3)"));
        assertThatThrownBy(() -> new Session(run, Runs.data(), Device.CPU))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a prior is fitted to the codes of one latent, and this model has [")
                .hasMessageEndingWith("take a run of a recipe that has one, such as vae, conv-vae or rae");
    }

    /** An earlier version wrote the prior among the recipe's options. */
    @Test
    void aRunOfAnEarlierVersionOpens() throws IOException {
        RunDirectory before = begun("before", Runs.config("vae", "prior=mixture(3)"));
        Path file = before.path().resolve("config.json");
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceFirst("\\{", "{\"base\": \"" + base.path().toAbsolutePath() + "\","));
        RunDirectory fitted = RunDirectory.open(before.path());
        assertThat(fitted.config().changes()).containsEntry("prior", "mixture(3)");
        train(fitted, () -> false);
        Path last = fitted.checkpoints().latest().orElseThrow();
        assertThat(withoutPrior(last))
                .isEqualTo(withoutPrior(base.checkpoints().best().orElseThrow()));
        assertThat(CheckpointStore.load(last).model()).containsKey("prior.logits");
    }

    @Test
    void aRecipeWithoutAChoiceOfPriorsIsRefused() {
        RunDirectory ladder = new RunDirectory(directory.resolve("ladder"), Runs.config("ladder-vae", ""));
        assertThatThrownBy(() -> fitting(ladder, "mixture(3)"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "recipe ladder-vae has no option 'prior'; another prior can be fitted to runs of recipes that"
                                + " have one, such as vae, conv-vae or beta-vae");
    }

    @Test
    void theConfigurationSaysOfWhichRunItIs() throws IOException {
        RunDirectory fitted = begun("fitted", fitting(base, "flow(2)"));
        assertThat(RunDirectory.open(fitted.path()).config()).isEqualTo(fitted.config());
        assertThat(fitted.config().sequel().orElseThrow().base())
                .isEqualTo(base.path().toAbsolutePath());
        assertThat(fitted.config().changes())
                .containsEntry("prior", "flow(2)")
                .containsEntry("learningRate", "cosine(0.003, 0.0001)");
    }
}
