package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbo.tensor.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs with priors and posteriors that have no closed form of a rate, from training to the report. */
class OtherPriorsCourseTest {
    @TempDir
    Path directory;

    /** What could not be shown. */
    record Quiet(List<String> refusals) implements Course.Watcher {
        @Override
        public void notShown(String exhibit, String reason) {
            refusals.add(exhibit + ": " + reason);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prior=vamp(3)",
                "prior=flow(2)",
                "posterior=iaf(2)",
                "prior=flow(2) posterior=iaf(2) latents=3",
            })
    void isTrainedEvaluatedAndShown(String settings) throws IOException {
        RunDirectory run = new RunDirectory(directory.resolve("run"), Runs.config("vae", settings));
        run.begin(Device.CPU, Runs.data().spec());
        Quiet watcher = new Quiet(new ArrayList<>());
        try (Session session = new Session(run, Runs.data(), Device.CPU)) {
            Course.Conclusion end = new Course(session, 5)
                    .run(event -> {}, () -> false, watcher)
                    .orElseThrow();
            assertThat(watcher.refusals()).isEmpty();
            assertThat(end.evaluation().likelihood().orElseThrow().nll()).isFinite();
            assertThat(end.evaluation().bound().ratePerDimension()).isEmpty();
            assertThat(end.report()).isNotEmptyFile();
        }
        assertThat(run.figures().resolve("traversal.png")).exists();
        assertThat(run.figures().resolve("kl.png")).doesNotExist();
        assertThat(run.figures().resolve("latents.png")).exists();
        assertThat(Files.exists(run.figures().resolve("manifold.png"))).isEqualTo(!settings.contains("latents=3"));
        assertThatTheModelOpensWithoutItsData(RunDirectory.open(run.path()));
    }

    private static void assertThatTheModelOpensWithoutItsData(RunDirectory run) throws IOException {
        try (Session session = new Session(run, Runs.data(), Device.CPU).loadBest();
                TrainedModel alone = TrainedModel.open(run, Device.CPU)) {
            assertThat(alone.generator().samples(3, Map.of(), 0.7, 5))
                    .isEqualTo(session.generator().samples(3, Map.of(), 0.7, 5));
        }
    }
}
