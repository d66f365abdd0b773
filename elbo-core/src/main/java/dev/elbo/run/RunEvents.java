package dev.elbo.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.train.TrainingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The file {@code events.jsonl}: everything that happened while a run was trained, a JSON object on a line, with the {@code
 * "time"} of each in seconds since 1970. Unlike {@code metrics.jsonl} it tells of starts, stops and checkpoints too.
 */
public final class RunEvents implements Consumer<TrainingEvent> {
    private static final double MILLIS = 1e3;

    private final JsonLines lines;

    /** Continues a file from a step on: what happened in later steps is dropped, since it will happen anew. */
    RunEvents(Path file, long step) throws IOException {
        this.lines = new JsonLines(file, "events", step);
    }

    @Override
    public void accept(TrainingEvent event) {
        lines.append(event.toJson().put("time", System.currentTimeMillis() / MILLIS));
    }

    /**
     * What happened from a step on, that step included, in order; the run may be in training meanwhile. A run from before
     * there were such files has the events of its {@code metrics.jsonl}, without times.
     *
     * @param step 0 for all
     * @throws IOException if the file cannot be read
     */
    public static List<ObjectNode> since(RunDirectory run, long step) throws IOException {
        Path file = Files.exists(run.events()) ? run.events() : run.metrics();
        return Files.exists(file) ? JsonLines.since(file, step) : List.of();
    }
}
