package dev.elbo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.tensor.Device;
import dev.elbo.train.TrainingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that happened in a run is in its files, and can be told again. */
class RunEventsTest {
    private static final int STOP = 9;

    @TempDir
    Path directory;

    private final List<TrainingEvent> told = new ArrayList<>();
    private int asked;

    private RunDirectory run() throws IOException {
        RunDirectory run = new RunDirectory(directory.resolve("run"), Runs.config("vae", ""));
        run.begin(Device.CPU, Runs.data().spec());
        return run;
    }

    private void train(RunDirectory run, BooleanSupplier stop) throws IOException {
        try (Session session = new Session(run, Runs.data(), Device.CPU)) {
            session.train(told::add, stop);
        }
    }

    private boolean isAtStop() {
        return ++asked == STOP;
    }

    private static List<String> kinds(List<ObjectNode> events) {
        return events.stream().map(event -> event.path("event").asText()).toList();
    }

    @Test
    void everyEventThatWasToldIsReplayedWithItsTime() throws IOException {
        RunDirectory run = run();
        double before = Instant.now().toEpochMilli() / 1e3;
        train(run, () -> false);
        double after = Instant.now().toEpochMilli() / 1e3;

        List<ObjectNode> all = RunEvents.since(run, 0);
        assertThat(all.stream().map(event -> event.deepCopy().without("time")).map(Object::toString))
                .containsExactlyElementsOf(
                        told.stream().map(event -> event.toJson().toString()).toList());
        assertThat(all.stream().map(event -> event.path("time").asDouble()))
                .isSorted()
                .allSatisfy(time -> assertThat(time).isBetween(before, after));
        assertThat(RunEvents.since(run, Runs.STEPS).stream()
                        .map(event -> event.path("step").asInt()))
                .containsOnly(Runs.STEPS);
        assertThat(kinds(RunEvents.since(run, Runs.STEPS))).containsExactly("step", "evaluated", "saved", "finished");
        assertThat(RunEvents.since(run, Runs.STEPS + 1)).isEmpty();
    }

    @Test
    void resumingKeepsWhatCameBeforeTheCheckpointAndTellsOfStopAndStart() throws IOException {
        RunDirectory run = run();
        train(run, this::isAtStop);
        List<ObjectNode> stopped = RunEvents.since(run, 0);
        assertThat(kinds(RunEvents.since(run, STOP))).containsExactly("step", "saved", "finished");
        Files.writeString(
                run.events(),
                new TrainingEvent.Progressed(STOP + 1, 2, Map.of(), 1, 1, 1, 1).toJson() + "\n{\"event\":\"st",
                StandardOpenOption.APPEND);

        train(run, () -> false);

        List<ObjectNode> all = RunEvents.since(run, 0);
        assertThat(all.subList(0, stopped.size())).isEqualTo(stopped);
        assertThat(all.get(stopped.size()).path("event").asText()).isEqualTo("started");
        assertThat(all.get(stopped.size()).path("step").asInt()).isEqualTo(STOP);
        assertThat(all.stream()
                        .filter(event -> event.path("event").asText().equals("step"))
                        .map(event -> event.path("step").asInt()))
                .hasSize(Runs.STEPS)
                .doesNotHaveDuplicates();
    }

    @Test
    void aLineThatIsStillBeingWrittenIsLeftForTheNextReading() throws IOException {
        RunDirectory run = run();
        Files.writeString(run.events(), "{\"event\":\"saved\",\"step\":3}\n{\"event\":\"saved\",\"step\":6");
        assertThat(RunEvents.since(run, 0)).hasSize(1);
    }

    @Test
    void aRunFromBeforeThereWereSuchFilesTellsItsFigures() throws IOException {
        RunDirectory run = run();
        assertThat(RunEvents.since(run, 0)).isEmpty();
        train(run, () -> false);
        Files.delete(run.events());
        assertThat(kinds(RunEvents.since(run, Runs.STEPS))).containsExactly("step", "evaluated");
    }

    @Test
    void aFailureNamesTheFile() throws IOException {
        RunEvents events = new RunEvents(directory.resolve("missing/events.jsonl"), 0);
        assertThatThrownBy(() -> events.accept(new TrainingEvent.Recorded(1, 1)))
                .hasMessageStartingWith("events could not be written to " + directory.resolve("missing/events.jsonl"));
    }
}
