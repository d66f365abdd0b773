package dev.elbo.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.recipe.Recipe;
import dev.elbo.run.RunConfig;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Scope;
import dev.elbo.train.TrainingEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether recorded steps are those that would have been taken: a recipe is trained twice from one seed, one operation at a
 * time and by replaying a recording, and the weights are compared. Sums may be added up in another order, so they may
 * differ by a small part of what they moved.
 *
 * @param settings of the training, as of {@code --set}
 * @param steps of each training
 */
public record RecordingCheck(Map<String, String> settings, int steps) {
    /** The part of the largest move by which weights may differ. */
    public static final double TOLERANCE = 0.01;

    private static final int READINGS = 4;

    /**
     * Validates the number of steps.
     *
     * @throws IllegalArgumentException if they are fewer than readings of the loss
     */
    public RecordingCheck {
        if (steps < READINGS) {
            throw new IllegalArgumentException("a check takes at least " + READINGS + " steps; got " + steps);
        }
        settings = Map.copyOf(settings);
    }

    /**
     * What came of a recipe.
     *
     * @param operations in a recording
     * @param difference the largest between two weights, as a part of the largest move
     * @param eager microseconds of a step without a recording
     * @param replayed the same with one
     * @param reason why nothing was recorded, or empty
     */
    public record Result(
            String recipe,
            long operations,
            double difference,
            double firstLoss,
            double lastLoss,
            double eager,
            double replayed,
            String reason) {

        /** Whether steps were recorded, the same as without, and trained something. */
        public boolean isRight() {
            return reason.isEmpty() && operations > 0 && difference <= TOLERANCE && lastLoss < firstLoss;
        }

        /** As JSON. */
        public ObjectNode toJson() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("recipe", recipe)
                    .put("right", isRight())
                    .put("operations", operations)
                    .put("difference", difference)
                    .put("firstLoss", firstLoss)
                    .put("lastLoss", lastLoss)
                    .put("eagerMicroseconds", eager)
                    .put("replayedMicroseconds", replayed)
                    .put("reason", reason);
        }

        /** As people read it. */
        public String describe() {
            return String.format(
                    Locale.ROOT,
                    "%-9s %s: %d operations, weights differ by %.2g of their largest move, −ELBO %.1f to %.1f nats;"
                            + " %.0f µs a step, %.0f without a recording%s",
                    recipe,
                    isRight() ? "right" : "WRONG",
                    operations,
                    difference,
                    firstLoss,
                    lastLoss,
                    replayed,
                    eager,
                    reason.isEmpty() ? "" : "; not recorded: " + reason);
        }
    }

    /** One of the two trainings. */
    private record Trained(List<HostArray> before, List<HostArray> after, List<TrainingEvent> events) {
        <E extends TrainingEvent> List<E> events(Class<E> type) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }

        /** During a reading. */
        double loss(int reading) {
            return readings().get(reading).terms().getOrDefault("negElbo", Double.NaN);
        }

        double microseconds(int batch) {
            return 1e6 * batch / readings().get(READINGS - 1).samplesPerSecond();
        }

        private List<TrainingEvent.Progressed> readings() {
            return events(TrainingEvent.Progressed.class);
        }
    }

    /** Trains a recipe twice and compares. */
    public Result run(Recipe recipe, Device device) throws IOException {
        Trained eager = trained(recipe, device, false);
        Trained replayed = trained(recipe, device, true);
        double moved = GeneratedTraining.largestDifference(eager.before(), eager.after());
        int batch = config(recipe, true).training().batch();
        return new Result(
                recipe.name(),
                replayed.events(TrainingEvent.Recorded.class).stream()
                        .mapToLong(TrainingEvent.Recorded::operations)
                        .sum(),
                GeneratedTraining.largestDifference(eager.after(), replayed.after()) / moved,
                replayed.loss(0),
                replayed.loss(READINGS - 1),
                eager.microseconds(batch),
                replayed.microseconds(batch),
                reason(replayed, device));
    }

    private static String reason(Trained replayed, Device device) {
        if (!replayed.events(TrainingEvent.Recorded.class).isEmpty()) {
            return "";
        }
        return replayed.events(TrainingEvent.NotRecorded.class).stream()
                .map(TrainingEvent.NotRecorded::reason)
                .findFirst()
                .orElse(device + " records nothing");
    }

    private Trained trained(Recipe recipe, Device device, boolean record) throws IOException {
        try (Scope scope = Scope.open("check")) {
            GeneratedTraining training = new GeneratedTraining(config(recipe, record), device);
            List<TrainingEvent> events = new ArrayList<>();
            training.run(events::add);
            return new Trained(training.before(), training.state(), events);
        }
    }

    private RunConfig config(Recipe recipe, boolean record) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("record", String.valueOf(record));
        all.put("replicas", "1");
        all.put("validation", "0");
        all.put("logEvery", String.valueOf(Math.max(1, steps / READINGS)));
        RunConfig draft = RunConfig.of(recipe, "generated", 1, all);
        return draft.epochs((double) steps / TrainBenchmark.stepsPerEpoch(draft));
    }
}
