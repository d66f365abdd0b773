package dev.elbo.run;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.figure.Metrics;
import dev.elbo.figure.Metrics.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A run in a line, read from its files.
 *
 * @param run its directory
 * @param epochs how many it was trained for so far
 * @param negElbo −ELBO in nats by its last evaluation, or else the best on the validation set; NaN if it has
 *     not been evaluated yet
 * @param started when it began
 * @param status how far its training is
 */
public record RunSummary(RunDirectory run, double epochs, double negElbo, Instant started, RunStatus status) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads the files of a run.
     *
     * @throws IOException if one cannot be read
     */
    public static RunSummary of(RunDirectory run) throws IOException {
        Metrics metrics = Files.exists(run.metrics()) ? Metrics.read(run.metrics()) : Metrics.none();
        double best = points(metrics)
                .mapToDouble(point -> point.term("negElbo"))
                .min()
                .orElse(Double.NaN);
        double epochs =
                metrics.training().stream().mapToDouble(Point::epoch).max().orElse(0);
        return new RunSummary(run, epochs, evaluated(run, best), run.started(), RunStatus.of(run));
    }

    private static Stream<Point> points(Metrics metrics) {
        return metrics.evaluated().values().stream().flatMap(List::stream);
    }

    private static double evaluated(RunDirectory run, double otherwise) throws IOException {
        if (!Files.exists(run.evaluation())) {
            return otherwise;
        }
        try {
            JsonNode evaluation = JSON.readTree(run.evaluation().toFile());
            return evaluation.path("negElbo").asDouble(otherwise);
        } catch (JacksonException damaged) { // the next evaluation replaces it
            return otherwise;
        }
    }

    /** How many epochs it is to be trained for, in all stages; those of the first where no step has been taken. */
    public double epochsInAll() {
        double first = run.config().training().epochs();
        return status.step() > 0 && status.epoch() > 0
                ? Math.max(first, status.epoch() * status.steps() / status.step())
                : first;
    }

    /** Whether it has entered a stage after its first: whose length then is what it was. */
    public boolean isInLaterStage() {
        double rounding = 1e-9;
        return epochs > run.config().training().epochs() * (1 + rounding);
    }

    /** The name of its directory. */
    public String name() {
        return run.path().toAbsolutePath().normalize().getFileName().toString();
    }

    /** As {@code runs --json} prints it. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name());
        json.put("path", run.path().toAbsolutePath().normalize().toString());
        json.put("recipe", run.config().recipe().name());
        json.put("data", run.config().data());
        run.config().pixels().ifPresent(pixels -> json.put("pixels", pixels.toString()));
        json.put("status", status.state().toString());
        json.put("step", status.step());
        json.put("steps", status.steps());
        json.put("seconds", status.seconds());
        json.put("epochs", epochs);
        json.put("epochsInAll", epochsInAll());
        json.put("negElbo", Double.isNaN(negElbo) ? null : Double.valueOf(negElbo));
        json.put("started", started.toString());
        return json;
    }
}
