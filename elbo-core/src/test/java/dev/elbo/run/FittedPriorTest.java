package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbo.checkpoint.Checkpoint;
import dev.elbo.checkpoint.CheckpointStore;
import dev.elbo.exhibit.Samples;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A prior that is fitted to a finished run of {@code vae}. */
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

    @Test
    void aPriorWithoutParametersIsRefused() {
        RunDirectory run = new RunDirectory(directory.resolve("fitted"), fitting(base, "normal"));
        assertThatThrownBy(() -> new Session(run, Runs.data(), Device.CPU))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "this prior has nothing to learn; fit mixture(10), flow(4), maf(4), two-stage(256) or another"
                                + " that has");
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
        assertThat(fitted.config().base()).contains(base.path().toAbsolutePath());
    }
}
