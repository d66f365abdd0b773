package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.data.DataSource;
import dev.elbo.data.DataSpec;
import dev.elbo.data.Field;
import dev.elbo.data.InvalidFileException;
import dev.elbo.data.Stripes;
import dev.elbo.exhibit.Interpolations;
import dev.elbo.exhibit.OnDemand;
import dev.elbo.exhibit.Piece;
import dev.elbo.exhibit.Samples;
import dev.elbo.exhibit.Traversal;
import dev.elbo.generate.Shown;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose data are gone. */
class TrainedModelTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private RunDirectory trained(String recipe, String settings) throws IOException {
        RunDirectory run = new RunDirectory(directory.resolve("run"), Runs.config(recipe, settings));
        run.begin(Device.CPU, Runs.data().spec());
        try (Session session = new Session(run, Runs.data(), Device.CPU)) {
            session.train(event -> {}, () -> false);
        }
        return RunDirectory.open(run.path());
    }

    @Test
    void makesTheSameSamplesAsWithItsData() throws IOException {
        RunDirectory run = trained("cvae", "epochs=1");
        Map<String, HostArray> labels = Map.of("label", HostArray.of(new long[] {0, 1, 2}, 3));
        try (Session session = new Session(run, Runs.data(), Device.CPU).loadBest();
                TrainedModel alone = TrainedModel.open(run, Device.CPU)) {
            assertThat(alone.generator().samples(3, labels, 0.7, 5))
                    .isEqualTo(session.generator().samples(3, labels, 0.7, 5));
            assertThat(alone.spec()).isEqualTo(Runs.data().spec());
        }
    }

    @Test
    void aClassThatIsALatentCanBeAskedForAsAConditionCan() throws IOException {
        try (TrainedModel alone = TrainedModel.open(trained("m2", "epochs=1 labels=9"), Device.CPU)) {
            Map<String, HostArray> leaning = Map.of("label", HostArray.of(new long[] {2, 2, 2}, 3));
            Map<String, HostArray> lying = Map.of("label", HostArray.of(new long[3], 3));
            assertThat(alone.generator().samples(3, leaning, 1, 5))
                    .isNotEqualTo(alone.generator().samples(3, lying, 1, 5));
            assertThat(new Samples(4, Map.of("label", "leaning"), 1, 1).of(alone.showing()))
                    .isInstanceOf(Piece.Picture.class);
            assertThat(new OnDemand(2, 1).obstacle(alone.showing())).isEmpty();
            assertThatThrownBy(() -> new Samples(4, Map.of("label", "leening"), 1, 1).of(alone.showing()))
                    .hasMessageContaining("leaning");
        }
    }

    @Test
    void canBeSampledAndTraversedButNotAskedForExamples() throws IOException {
        try (TrainedModel alone = TrainedModel.open(trained("vae", "epochs=1"), Device.CPU)) {
            assertThat(Samples.of(4, 1).of(alone.showing())).isInstanceOf(Piece.Picture.class);
            Traversal traversal = new Traversal(Optional.empty(), 0, List.of(), 3);
            assertThat(traversal.obstacle(alone.showing())).isEmpty();
            assertThat(traversal.of(alone.showing())).isInstanceOf(Piece.Picture.class);
            assertThat(new Interpolations(1, 3, true).obstacle(alone.showing()).orElseThrow())
                    .contains("say with --data where they are");
        }
    }

    @Test
    void decodesLatentsThatAreGivenAndPutsThoseThatAreNotAtTheirPriorsCentre() throws IOException {
        try (TrainedModel alone = TrainedModel.open(trained("vae", "epochs=1"), Device.CPU)) {
            HostArray centre = HostArray.of(new float[2], 1, 2);
            Shown given =
                    alone.generator().decode(Map.of("z", centre), Map.of()).get("image");
            assertThat(given).isInstanceOf(Shown.Images.class);
            assertThat(Objects.requireNonNull(given).count()).isEqualTo(1);
        }
    }

    @Test
    void aRunOfAnEarlierVersionSaysThatItNeedsItsData() throws IOException {
        RunDirectory run = trained("vae", "epochs=1");
        Path file = run.path().resolve("config.json");
        ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
        ((ObjectNode) config.path("data")).remove("spec");
        JSON.writeValue(file.toFile(), config);
        assertThatThrownBy(() -> TrainedModel.open(RunDirectory.open(run.path()), Device.CPU))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(run.path() + " does not say what its data hold: an earlier version of Elbo began it. Use it"
                        + " with its data.");
        try (Session session = new Session(run, Runs.data(), Device.CPU).loadBest()) {
            assertThat(session.generator().samples(1, Map.of(), 1, 1)).containsKey("image");
        }
    }

    @Test
    void dataThatHaveChangedSinceTheRunWasBegunAreRefused() throws IOException {
        RunDirectory run = trained("vae", "epochs=1");
        DataSource data = Runs.data();
        Map<String, Field> fields = new LinkedHashMap<>(data.spec().fields());
        fields.put("label", new Field.Category(List.of("stehend", "liegend", "schräg")));
        DataSource renamed = new DataSource(new DataSpec("stripes", fields, ""), data.train(), data.test());
        assertThatThrownBy(() -> new Session(run, renamed, Device.CPU))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the data have changed since run 'run' was begun: ")
                .hasMessageContaining("label")
                .hasMessageEndingWith("or train a new run");
    }

    @Test
    void theConfigurationKeepsWhatTheDataHoldWhenItIsChanged() throws IOException {
        RunDirectory run = trained("vae", "epochs=1");
        RunDirectory longer = run.reconfigure(run.config().epochs(5));
        assertThat(longer.spec()).contains(Stripes.of(1, 5, 6, 1).spec());
    }
}
