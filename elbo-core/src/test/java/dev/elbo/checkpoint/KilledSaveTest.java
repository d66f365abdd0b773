package dev.elbo.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "processes are started through sh")
class KilledSaveTest {
    private static final int KILLS = 50;
    private static final int ELEMENTS = 50_000;

    @TempDir
    Path parent;

    private final Random random = new Random(1);
    private int halfWritten;

    @Test
    void whateverMomentASaveIsKilledAtNothingThatWasSavedIsLost() throws IOException, InterruptedException {
        Path directory = parent.resolve("checkpoints");
        CheckpointStore store = new CheckpointStore(directory, SavingProcess.KEEP);
        long step = 1;
        for (int kill = 0; kill < KILLS; kill++) {
            long returned = saveAndKill(directory, step);
            halfWritten += Files.exists(directory.resolve(".writing-" + (returned + 1))) ? 1 : 0;
            requireAllUsable(store);
            Path latest = store.latest().orElseThrow();
            assertThat(stepOf(latest)).isBetween(returned, returned + 1);
            assertThat(store.best()).isPresent();
            step = stepOf(latest) + 1;
        }
        assertThat(halfWritten).as("kills that hit a save half-way").isGreaterThan(KILLS / 4);
        store.save(SavingProcess.checkpoint(step, ELEMENTS));
        requireNoLeftovers(store, directory);
    }

    /** The last step whose save had returned. */
    private long saveAndKill(Path directory, long step) throws IOException, InterruptedException {
        Process process = SavingProcess.start("", directory, step, ELEMENTS);
        while (saved(directory).isEmpty() && process.isAlive()) {
            Thread.sleep(1);
        }
        Thread.sleep(random.nextInt(12), random.nextInt(1_000_000));
        assertThat(process.isAlive()).isTrue();
        process.destroyForcibly().waitFor();
        List<Long> saved = saved(directory);
        return saved.get(saved.size() - 1);
    }

    private static List<Long> saved(Path directory) throws IOException {
        String output = Files.readString(SavingProcess.output(directory));
        return output.substring(0, output.lastIndexOf('\n') + 1)
                .lines()
                .map(line -> Long.valueOf(line.substring("saved ".length())))
                .toList();
    }

    private static void requireAllUsable(CheckpointStore store) throws IOException {
        assertThat(store.complete()).hasSizeBetween(1, SavingProcess.KEEP + 2);
        for (Path complete : store.complete()) {
            assertThat(CheckpointStore.load(complete)).isEqualTo(SavingProcess.checkpoint(stepOf(complete), ELEMENTS));
        }
    }

    private static void requireNoLeftovers(CheckpointStore store, Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            assertThat(children).containsExactlyInAnyOrderElementsOf(store.complete());
        }
        assertThat(store.complete()).hasSizeLessThanOrEqualTo(SavingProcess.KEEP + 1);
    }

    private static long stepOf(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().substring("step-".length()));
    }

    @Test
    void aFullDiskIsReportedAndLeavesWhatThereWas() throws IOException, InterruptedException {
        Path directory = parent.resolve("checkpoints");
        CheckpointStore store = new CheckpointStore(directory, SavingProcess.KEEP);
        Path before = store.save(SavingProcess.checkpoint(1, 10));
        SavingProcess.start("ulimit -f 64; ", directory, 2, ELEMENTS).waitFor(); // no file beyond some ten kB
        assertThat(Files.readString(SavingProcess.output(directory)))
                .isEqualTo("the checkpoint of step 2 could not be written to " + directory
                        + ": File too large. Earlier ones are untouched.\n");
        assertThat(CheckpointStore.load(before)).isEqualTo(SavingProcess.checkpoint(1, 10));
        requireNoLeftovers(store, directory);
    }
}
