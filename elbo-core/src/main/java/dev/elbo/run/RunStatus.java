package dev.elbo.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.figure.Metrics;
import dev.elbo.figure.Metrics.Point;
import dev.elbo.train.TrainingEvent;
import dev.elbo.train.TrainingEvent.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far the training of a run is: what its file {@code status.json} says, and whether a process is still at it.
 *
 * @param step the number of steps taken
 * @param steps the number of steps in all; 0 if it is not known yet
 * @param epoch the steps taken, in epochs
 * @param seconds of training, in all sessions
 */
public record RunStatus(State state, long step, long steps, double epoch, double seconds) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a training does, or how it ended. */
    public enum State {
        /** A process is training it. */
        TRAINING,
        /** It was asked to stop, and goes on when it is resumed. */
        STOPPED,
        /** Something was no longer finite. */
        DIVERGED,
        /** All steps were taken, or it had not improved for long enough. */
        FINISHED,
        /** Its process was killed or failed, and goes on from its last checkpoint when it is resumed. */
        INTERRUPTED;

        /** As it is written: {@code training}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads the status of a run. Of a run from before there were such files it is made out from its metrics: finished if all
     * steps were taken, and else interrupted.
     *
     * @throws IOException if a file cannot be read
     */
    public static RunStatus of(RunDirectory run) throws IOException {
        RunStatus status = said(run);
        if (status.state != State.TRAINING || RunLock.isHeld(run.path())) {
            return status;
        }
        RunStatus again = said(run); // it may have ended since
        return again.state == State.TRAINING ? again.as(State.INTERRUPTED) : again;
    }

    private static RunStatus said(RunDirectory run) throws IOException {
        Optional<RunStatus> status = read(run);
        return status.isPresent() ? status.get() : madeOut(run);
    }

    private static Optional<RunStatus> read(RunDirectory run) throws IOException {
        if (!Files.exists(run.status())) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(run.status()));
            return Stream.of(State.values())
                    .filter(state -> state.toString().equals(json.path("state").asText()))
                    .map(state -> new RunStatus(
                            state,
                            json.path("step").asLong(),
                            json.path("steps").asLong(),
                            json.path("epoch").asDouble(),
                            json.path("seconds").asDouble()))
                    .findFirst();
        } catch (JsonProcessingException damaged) { // the next training replaces it
            return Optional.empty();
        }
    }

    private static RunStatus madeOut(RunDirectory run) throws IOException {
        List<Point> points =
                Files.exists(run.metrics()) ? Metrics.read(run.metrics()).training() : List.of();
        if (points.isEmpty()) {
            return new RunStatus(State.TRAINING, 0, 0, 0, 0); // or interrupted, if nobody is at it
        }
        Point last = points.get(points.size() - 1);
        long steps = Math.round(run.config().training().epochs() * last.step() / last.epoch()); // 0 without epochs
        State state = steps > 0 && last.step() >= steps ? State.FINISHED : State.TRAINING;
        return new RunStatus(state, last.step(), steps, last.epoch(), last.seconds());
    }

    /** The status after something has happened. */
    RunStatus after(TrainingEvent event) {
        if (event instanceof TrainingEvent.Started at) {
            double epoch = (double) at.step() / at.stepsPerEpoch();
            return new RunStatus(State.TRAINING, at.step(), at.steps(), epoch, at.seconds());
        }
        if (event instanceof TrainingEvent.Progressed at) {
            return new RunStatus(State.TRAINING, at.step(), steps, at.epoch(), at.seconds());
        }
        if (event instanceof TrainingEvent.Finished at) {
            State ended = at.reason() == Reason.STOPPED ? State.STOPPED : State.FINISHED;
            return new RunStatus(ended, at.step(), steps, epoch, at.seconds());
        }
        return event instanceof TrainingEvent.Diverged ? as(State.DIVERGED) : this;
    }

    /** The same in another state. */
    RunStatus as(State other) {
        return new RunStatus(other, step, steps, epoch, seconds);
    }

    /** As the file {@code status.json} has it. */
    public ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("state", state.toString())
                .put("step", step)
                .put("steps", steps)
                .put("epoch", epoch)
                .put("seconds", seconds);
    }
}
