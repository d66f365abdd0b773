package dev.elbo.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.train.TrainingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The file {@code metrics.jsonl}: a line for each event with figures, and for no other, so that it is the same whether or
 * not a training was stopped on the way.
 */
final class MetricsLog implements Consumer<TrainingEvent> {
    private final JsonLines lines;

    /** Continues a file from a step on: what was logged of later steps is dropped. */
    MetricsLog(Path file, long step) throws IOException {
        this.lines = new JsonLines(file, "metrics", step);
    }

    /**
     * How long a training took up to a step, in all its sessions. Of a file whose sessions count from 0 each, as earlier
     * versions wrote it, the sessions are added up.
     */
    static double seconds(Path file, long step) throws IOException {
        double before = 0;
        double last = 0;
        for (ObjectNode line : Files.exists(file) ? JsonLines.since(file, 0) : List.<ObjectNode>of()) {
            double seconds = line.path("seconds").asDouble();
            if (line.path("step").asLong() <= step) {
                before += seconds < last ? last : 0;
                last = seconds;
            }
        }
        return before + last;
    }

    @Override
    public void accept(TrainingEvent event) {
        if (event instanceof TrainingEvent.Progressed || event instanceof TrainingEvent.Evaluated) {
            lines.append(event.toJson().without(List.of("best")));
        }
    }
}
