package dev.elbo.train;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What happens while a model is trained. Progress lines, logs and event files are all made from these.
 */
public sealed interface TrainingEvent {

    /** The number of steps taken before it. */
    long step();

    /**
     * The event as a JSON object: its kind, {@code "event"}, and what it holds. A checkpoint is called by the name of its
     * directory; a number that is not finite is text, {@code "NaN"}, since JSON has none.
     */
    ObjectNode toJson();

    private static ObjectNode json(String kind, long step) {
        return JsonNodeFactory.instance.objectNode().put("event", kind).put("step", step);
    }

    private static ObjectNode json(Map<String, Double> terms) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        terms.forEach((name, value) -> {
            if (Double.isFinite(value)) {
                json.put(name, value);
            } else {
                json.put(name, value.toString());
            }
        });
        return json;
    }

    private static String name(Path checkpoint) {
        return String.valueOf(checkpoint.getFileName());
    }

    /**
     * Training begins, or goes on.
     *
     * @param step the number of steps taken before
     * @param steps the number of steps in all
     * @param stepsPerEpoch how many make an epoch
     * @param parameters the number of trained numbers
     * @param replicas how many copies of the model share a batch, each on a thread of its own
     * @param shuffleBlock how many neighbours stay near each other when examples are shuffled
     * @param undivided why a batch cannot be shared by copies of the model, if it cannot
     * @param leftOut how many examples an epoch does not come to, since they would not fill a batch
     * @param seconds of training before, in all sessions
     */
    record Started(
            long step,
            long steps,
            long stepsPerEpoch,
            long parameters,
            int replicas,
            int shuffleBlock,
            Optional<String> undivided,
            long leftOut,
            double seconds)
            implements TrainingEvent {
        @Override
        public ObjectNode toJson() {
            ObjectNode json = json("started", step)
                    .put("steps", steps)
                    .put("stepsPerEpoch", stepsPerEpoch)
                    .put("parameters", parameters)
                    .put("replicas", replicas)
                    .put("shuffleBlock", shuffleBlock)
                    .put("leftOut", leftOut)
                    .put("seconds", seconds);
            undivided.ifPresent(reason -> json.put("undivided", reason));
            return json;
        }
    }

    /**
     * A step was recorded; from now on steps are replayed by the device without the host.
     *
     * @param step the number of steps taken before
     * @param operations of the device, in a step
     */
    record Recorded(long step, long operations) implements TrainingEvent {
        @Override
        public ObjectNode toJson() {
            return json("recorded", step).put("operations", operations);
        }
    }

    /**
     * Steps cannot be recorded, and are taken one operation at a time.
     *
     * @param step the number of steps taken before
     * @param reason what stands against it
     */
    record NotRecorded(long step, String reason) implements TrainingEvent {
        @Override
        public ObjectNode toJson() {
            return json("notRecorded", step).put("reason", reason);
        }
    }

    /**
     * Some steps were taken.
     *
     * @param step the number of steps taken so far
     * @param epoch the same in epochs
     * @param terms averages of the loss's terms since the last such event, in nats
     * @param learningRate of the last of these steps
     * @param gradientNorm of the last of these steps: the Euclidean norm of the gradients of all parameters together, before
     *     they were clipped
     * @param samplesPerSecond since the last such event
     * @param seconds of training, in all sessions
     */
    record Progressed(
            long step,
            double epoch,
            Map<String, Double> terms,
            double learningRate,
            double gradientNorm,
            double samplesPerSecond,
            double seconds)
            implements TrainingEvent {
        @Override
        public ObjectNode toJson() {
            return json("step", step)
                    .put("epoch", epoch)
                    .put("seconds", seconds)
                    .put("samplesPerSecond", samplesPerSecond)
                    .put("learningRate", learningRate)
                    .put("gradientNorm", gradientNorm)
                    .set("terms", json(terms));
        }
    }

    /**
     * The model was evaluated.
     *
     * @param terms in nats
     * @param best whether it was never better
     */
    record Evaluated(long step, double epoch, Map<String, Double> terms, boolean best, double seconds)
            implements TrainingEvent {
        @Override
        public ObjectNode toJson() {
            ObjectNode json = json("evaluated", step)
                    .put("epoch", epoch)
                    .put("seconds", seconds)
                    .put("split", "validation");
            json.set("terms", json(terms));
            return json.put("best", best);
        }
    }

    /**
     * A checkpoint was written.
     *
     * @param checkpoint its directory
     */
    record Saved(long step, Path checkpoint) implements TrainingEvent {
        @Override
        public ObjectNode toJson() {
            return json("saved", step).put("checkpoint", name(checkpoint));
        }
    }

    /**
     * The loss, the weights or an evaluation became NaN or infinite; training ends, and no checkpoint is written.
     *
     * @param step the first step after which something was not finite
     * @param terms what is not: terms of the loss or of the evaluation, weights or moments by name
     * @param lastFinite the averages of the last time that all were
     * @param checkpoint the one to go back to
     */
    record Diverged(long step, Map<String, Double> terms, Map<String, Double> lastFinite, Optional<Path> checkpoint)
            implements TrainingEvent {
        @Override
        public ObjectNode toJson() {
            ObjectNode json = json("diverged", step);
            json.set("terms", json(terms));
            json.set("lastFinite", json(lastFinite));
            return json.put("checkpoint", checkpoint.map(TrainingEvent::name).orElse(null));
        }
    }

    /**
     * Training ended well.
     *
     * @param reason why it ended
     */
    record Finished(long step, Reason reason, double seconds) implements TrainingEvent {
        @Override
        public ObjectNode toJson() {
            return json("finished", step).put("reason", reason.toString()).put("seconds", seconds);
        }
    }

    /** Why training ended. */
    enum Reason {
        /** All steps were taken. */
        COMPLETED,
        /** It had not improved for as long as was to be waited. */
        NO_IMPROVEMENT,
        /** It was asked to stop. */
        STOPPED;

        /** As it is written: {@code no-improvement}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
