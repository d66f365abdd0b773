package dev.elbo.run;

import dev.elbo.train.TrainingEvent;
import java.io.IOException;
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

    @Override
    public void accept(TrainingEvent event) {
        if (event instanceof TrainingEvent.Progressed || event instanceof TrainingEvent.Evaluated) {
            lines.append(event.toJson().without(List.of("best")));
        }
    }
}
