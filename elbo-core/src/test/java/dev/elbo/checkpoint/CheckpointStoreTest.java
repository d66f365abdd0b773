package dev.elbo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.elbo.data.InvalidFileException;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
    @TempDir
    Path directory;

    private CheckpointStore store;

    @BeforeEach
    void open() {
        store = new CheckpointStore(directory.resolve("checkpoints"), 2);
    }

    private static Checkpoint checkpoint(long step, double score) {
        HostArray weights = HostArray.of(new float[] {step, 2, 3, 4}, 2, 2);
        return new Checkpoint(
                step,
                score,
                Map.of("network.weight", weights),
                Map.of("exp_avg.network.weight", HostArray.of(new float[] {5, 6, 7, step}, 2, 2)),
                JsonNodeFactory.instance.objectNode().put("epoch", step / 10.0));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> children = Files.list(directory.resolve("checkpoints"))) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatIsSavedIsLoaded() throws IOException {
        Path saved = store.save(checkpoint(7, 12.5));
        assertThat(saved).isEqualTo(directory.resolve("checkpoints/step-0000000007"));
        assertThat(CheckpointStore.load(saved)).isEqualTo(checkpoint(7, 12.5));
    }

    @Test
    void aCheckpointWithoutScoreHasNone() throws IOException {
        assertThat(CheckpointStore.load(store.save(checkpoint(7, Double.NaN))).score())
                .isNaN();
    }

    @Test
    void beforeTheFirstThereIsNone() throws IOException {
        assertThat(store.latest()).isEmpty();
        assertThat(store.best()).isEmpty();
        assertThat(store.complete()).isEmpty();
    }

    @Test
    void theLatestAndTheBestAreKept() throws IOException {
        double[] scores = {9, 3, 5, Double.NaN, 4, 3};
        for (int i = 0; i < scores.length; i++) {
            store.save(checkpoint(100L * i, scores[i]));
        }
        assertThat(names()).containsExactly("step-0000000100", "step-0000000400", "step-0000000500");
        assertThat(store.latest()).contains(directory.resolve("checkpoints/step-0000000500"));
        assertThat(store.best()).contains(directory.resolve("checkpoints/step-0000000100"));
    }

    @Test
    void withoutScoresTheLatestIsTheBest() throws IOException {
        store.save(checkpoint(1, Double.NaN));
        store.save(checkpoint(2, Double.NaN));
        assertThat(store.best()).isEqualTo(store.latest()).isPresent();
    }

    @Test
    void savingAStepAgainChangesNothing() throws IOException {
        Path saved = store.save(checkpoint(7, 12.5));
        assertThat(store.save(checkpoint(7, 1))).isEqualTo(saved);
        assertThat(CheckpointStore.load(saved).score()).isEqualTo(12.5);
    }

    @Test
    void whatIsNoCheckpointIsRefused() {
        assertThatThrownBy(() -> CheckpointStore.load(directory))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(
                        directory + " is no complete checkpoint: it has no manifest.json. Choose another checkpoint.");
    }
}
