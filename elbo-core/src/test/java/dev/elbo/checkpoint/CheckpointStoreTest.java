package dev.elbo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.elbo.data.InvalidFileException;
import dev.elbo.tensor.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static void overwrite(Path file, String content) throws IOException {
        Files.writeString(file, content);
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

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "training.safetensors", "state.json", "manifest.json"})
    void anyDamageIsNoticedAndTheOneBeforeIsFound(String file) throws IOException {
        Path before = store.save(checkpoint(1, 5));
        Path damaged = store.save(checkpoint(2, 4));
        byte[] content = Files.readAllBytes(damaged.resolve(file));
        for (int length : new int[] {0, 1, content.length / 2, content.length - 1}) {
            Files.write(damaged.resolve(file), Arrays.copyOf(content, length));
            assertIsSkipped(damaged, before);
        }
        for (int bit = 0; bit < 8 * content.length; bit += 301) {
            byte[] flipped = content.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(damaged.resolve(file), flipped);
            if (!file.equals("manifest.json")) {
                assertIsSkipped(damaged, before);
            } else {
                // its spaces, say, may change; what it says may not
                store.latest();
                store.best();
            }
        }
        Files.delete(damaged.resolve(file));
        assertIsSkipped(damaged, before);
    }

    private void assertIsSkipped(Path damaged, Path before) throws IOException {
        assertThat(store.latest()).contains(before);
        assertThat(store.best()).contains(before);
        assertThatThrownBy(() -> CheckpointStore.load(damaged))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageStartingWith(damaged.toString())
                .hasMessageEndingWith(". Choose another checkpoint.");
    }

    @Test
    void aDamagedCheckpointDoesNotKeepLaterOnesFromBeingSaved() throws IOException {
        overwrite(store.save(checkpoint(1, 1)).resolve("state.json"), "{\"score\":");
        overwrite(store.save(checkpoint(2, 1)).resolve("manifest.json"), "");
        Path saved = store.save(checkpoint(3, 1));
        assertThat(store.latest()).contains(saved);
        assertThat(store.best()).contains(saved);
    }

    @Test
    void theBestOfThoseThatAreUndamagedIsFound() throws IOException {
        Path second = store.save(checkpoint(1, 2));
        Path best = store.save(checkpoint(2, 1));
        overwrite(best.resolve("model.safetensors"), "");
        new CheckpointStore(directory.resolve("checkpoints"), 9).save(checkpoint(3, 7));
        assertThat(store.best()).contains(second);
    }

    @Test
    void aDamagedCheckpointOfTheSameStepIsReplaced() throws IOException {
        Path damaged = store.save(checkpoint(2, 1));
        overwrite(damaged.resolve("model.safetensors"), "");
        assertThat(store.save(checkpoint(2, 1))).isEqualTo(damaged);
        assertThat(CheckpointStore.load(damaged)).isEqualTo(checkpoint(2, 1));
    }

    @Test
    void anIncompleteCheckpointOfTheSameStepIsReplaced() throws IOException {
        Path half = store.save(checkpoint(2, 1));
        Files.delete(half.resolve("manifest.json")); // as when its removal was cut short
        assertThat(store.latest()).isEmpty();
        assertThat(store.save(checkpoint(2, 1))).isEqualTo(half);
        assertThat(CheckpointStore.load(half)).isEqualTo(checkpoint(2, 1));
    }

    @Test
    void whatAKillLeftBehindIsRemovedByTheNextSave() throws IOException {
        Path half = store.save(checkpoint(1, 1));
        Files.delete(half.resolve("manifest.json"));
        for (String file : List.of(".writing-5/model.safetensors", ".writing-6/manifest.json")) {
            Path written = directory.resolve("checkpoints").resolve(file);
            Files.createDirectories(written.getParent());
            overwrite(written, "half");
        }
        store.save(checkpoint(9, 1));
        assertThat(names()).containsExactly("step-0000000009");
    }

    @Test
    void whereAllAreDamagedThereIsNone() throws IOException {
        Path damaged = store.save(checkpoint(2, 1));
        overwrite(damaged.resolve("model.safetensors"), "");
        assertThat(store.latest()).isEmpty();
        assertThat(store.best()).isEmpty();
        assertThat(store.damaged()).containsExactly(damaged);
    }

    @Test
    void aStateOfANewerVersionIsRefused() throws IOException {
        Path newer = store.save(checkpoint(2, 0.5));
        Path state = newer.resolve("state.json");
        overwrite(state, Files.readString(state).replace("\"format\" : 1", "\"format\" : 5"));
        Manifest.of(newer, CheckpointStore.FILES).write(newer);
        assertThatThrownBy(() -> CheckpointStore.load(newer))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(
                        state + " was written by a newer version of Elbo, in format 5; this one reads up to 1. Update"
                                + " Elbo.");
    }

    @Test
    void aCheckpointOfANewerVersionIsNotPassedOver() throws IOException {
        store.save(checkpoint(1, 1));
        Path newer = store.save(checkpoint(2, 0.5));
        String manifest = Files.readString(newer.resolve("manifest.json"));
        overwrite(newer.resolve("manifest.json"), manifest.replace("\"format\" : 1", "\"format\" : 2"));
        String message =
                newer + " was written by a newer version of Elbo, in format 2; this one reads up to 1. Update Elbo.";
        assertThatThrownBy(() -> CheckpointStore.load(newer))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(message);
        assertThatThrownBy(store::latest).hasMessage(message);
        assertThatThrownBy(store::best).hasMessage(message);
    }

    @Test
    void whatIsNoCheckpointIsRefused() {
        assertThatThrownBy(() -> CheckpointStore.load(directory))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage(
                        directory + " is no complete checkpoint: it has no manifest.json. Choose another checkpoint.");
    }

    @Test
    void aDirectoryThatCannotBeWrittenToIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> new CheckpointStore(file, 2).save(checkpoint(7, 1)))
                .isInstanceOf(IOException.class)
                .hasMessage("the checkpoint of step 7 could not be written to " + file + ": " + file
                        + " is no directory. Earlier ones are untouched.");
    }

    @Test
    void namesDoNotDependOnTheLanguageOfTheMachine() throws IOException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(store.save(checkpoint(7, 1))).hasFileName("step-0000000007");
        } finally {
            Locale.setDefault(before);
        }
    }
}
