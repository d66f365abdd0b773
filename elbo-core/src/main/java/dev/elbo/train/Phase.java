package dev.elbo.train;

import dev.elbo.data.Batch;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Copy;
import dev.elbo.objective.Step;
import dev.elbo.tensor.Backend;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Parallel;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.cuda.Capturer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A stage at work: who learns in it, and how one step of it is taken. Its tensors live in the scope that it was made in.
 */
final class Phase {
    /** The first is slow for other reasons; the fastest of the others counts. */
    private static final int TRIALS = 4;

    private final LatentVariableModel model;
    private final Stage stage;
    private final double epochs;
    private final TrainingSettings settings;
    private final Batches batches;
    private final long noiseSeed;
    private final Device device;
    private final int ahead;
    private final Learner learner;
    private final Map<String, Learner> opponents = new LinkedHashMap<>();
    private final Replica whole;
    private final Optional<RecordedSteps> recorded;
    private List<Replica> replicas;
    private boolean isOfEncoder;

    /**
     * Begins a stage.
     *
     * @param epochs its length
     * @param capturer what records steps, if anything does
     * @param listener told whether they could be recorded
     */
    Phase(
            LatentVariableModel model,
            Stage stage,
            double epochs,
            TrainingSettings settings,
            Batches batches,
            long noiseSeed,
            Optional<Capturer> capturer,
            Consumer<TrainingEvent> listener) {
        this.model = model;
        this.stage = stage;
        this.epochs = epochs;
        this.settings = settings;
        this.batches = batches;
        this.noiseSeed = noiseSeed;
        this.device = batches.device();
        this.ahead = ahead();
        this.learner = new Learner(moved(model), ahead, settings.rule(), epochs, settings.ema());
        // an opponent is not used when training is over, so that it needs no average
        stage.opponents()
                .forEach(player -> opponents.put(
                        player.name(), new Learner(player.module().parameters(), player.rule(), epochs, 0)));
        this.whole = new Replica(
                model,
                stage.objective(),
                learner.parameters(),
                stepOf(noiseSeed),
                new Meters(device),
                0,
                batches.size(),
                1);
        this.replicas = List.of(whole);
        this.recorded = capturer.map(with -> new RecordedSteps(with, this::takeStep, () -> isOfEncoder, listener));
    }

    /** How many of the parameters that learn in this stage may do so before the others. */
    private int ahead() {
        return settings.isLagging() && stage.movesBoth(model)
                ? (int) moved(model).keySet().stream()
                        .filter(model::isOfPosterior)
                        .count()
                : 0;
    }

    /** Whether a step moves nothing but the encoder: of K steps one after the other, the last moves all. */
    boolean isOfEncoder(long number, double epoch) {
        long k = Math.round(settings.encoderUpdates().over(epochs).at(epoch));
        return ahead > 0 && number % k < k - 1;
    }

    /** The parameters that learn in this stage; where the others may lag, the encoder's are the first. */
    private Map<String, Tensor> moved(LatentVariableModel of) {
        Map<String, Tensor> moved = new LinkedHashMap<>();
        Map<String, Tensor> others = new LinkedHashMap<>();
        boolean mayLag = settings.isLagging();
        of.parameters()
                .forEach((name, parameter) ->
                        (mayLag && !model.isOfPosterior(name) ? others : moved).put(name, parameter));
        moved.putAll(others);
        moved.keySet().removeIf(stage.isMoved().negate());
        if (moved.isEmpty()) {
            throw new IllegalArgumentException("Bug: stage '" + stage.name() + "' moves " + stage.moves()
                    + ", and the model has " + of.parameters().keySet());
        }
        return moved;
    }

    private Step stepOf(long seed) {
        return new Step(seed, epochs, batches.examples(), device);
    }

    Learner learner() {
        return learner;
    }

    /** Those who learn beside the model, by name. */
    Map<String, Learner> opponents() {
        return opponents;
    }

    /**
     * Takes a step.
     *
     * @param epoch how many epochs of this stage have passed before it
     */
    void step(long number, double epoch) {
        try (Scope scope = Scope.open("step")) {
            isOfEncoder = isOfEncoder(number, epoch);
            learners().forEach(each -> each.turnTo(epoch));
            batches.prepare(number);
            if (recorded.isPresent()) {
                whole.meters().count();
                if (!recorded.get().take(number, whole.turnTo(number, epoch, batches))) {
                    takeStep(whole.turnTo(number, epoch, batches));
                }
            } else {
                computeGradients(number, epoch);
                update();
            }
        }
    }

    private List<Learner> learners() {
        List<Learner> all = new ArrayList<>(List.of(learner));
        all.addAll(opponents.values());
        return all;
    }

    /** A step from the batch on: nothing in it depends on its number but tensors that were filled before, and what it moves. */
    private void takeStep(Batch batch) {
        clearOpponents();
        whole.computeGradients(batch, settings.precision());
        update();
    }

    private void clearOpponents() {
        opponents.values().forEach(opponent -> opponent.parameters().clearGradients());
    }

    /** Changes nothing but gradients, meters and what a pass of training moves by itself. */
    private void computeGradients(long number, double epoch) {
        if (replicas.size() == 1) {
            clearOpponents();
            computeGradients(whole, number, epoch);
            return;
        }
        Parallel.run(replicas.size(), i -> computeGradients(replicas.get(i), number, epoch));
        learner.parameters()
                .addGradients(replicas.subList(1, replicas.size()).stream()
                        .map(Replica::parameters)
                        .toList());
    }

    private void computeGradients(Replica replica, long number, double epoch) {
        replica.meters().count();
        replica.computeGradients(replica.turnTo(number, epoch, batches), settings.precision());
    }

    private void update() {
        if (isOfEncoder) {
            learner.updateAhead();
        } else {
            learner.update();
        }
        opponents.values().forEach(Learner::update);
    }

    /** Ends the stage: averages become parameters, and what was recorded or is needed for learning alone is freed. */
    void settle() {
        learner.settle();
        close();
        replicas.subList(1, replicas.size())
                .forEach(replica -> replica.parameters().freeGradients());
        learners().forEach(Learner::free);
    }

    /** Frees what was recorded. */
    void close() {
        recorded.ifPresent(RecordedSteps::forget);
    }

    /**
     * How many copies of the model share a batch fastest: one, whose operations are shared out, or one for each thread.
     * Where all that is large is linear, sharing out is faster, and nothing is measured.
     *
     * @param number of the step that is tried, and not taken
     */
    int fastest(long number) {
        int width = Math.min(Parallel.width(), batches.size());
        if (width == 1 || whyIndivisible().isPresent() || isSharedOut()) {
            return 1;
        }
        double one = seconds(number);
        replicate(width);
        double several = seconds(number);
        replicate(1);
        return several < one ? width : 1;
    }

    private double seconds(long number) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < TRIALS; i++) {
            long began = System.nanoTime();
            try (Scope scope = Scope.open("trial")) {
                batches.prepare(number);
                computeGradients(number, 0);
            }
            least = Math.min(least, (System.nanoTime() - began) / 1e9);
        }
        replicas.forEach(replica -> replica.meters().read());
        return least;
    }

    /** Whether all large operations are those that threads share, where the precision is this processor's. */
    private boolean isSharedOut() {
        return (settings.precision() != TrainingSettings.Precision.BF16 || Backend.isMadeForBfloat16())
                && model.isSharedOut();
    }

    /** What stands against copies of the model that share a batch, if anything does. */
    Optional<String> whyIndivisible() {
        if (device.kind() != Device.Kind.CPU) {
            return Optional.of("they are for the threads of a processor");
        }
        if (model.hasBuffers()) {
            return Optional.of("the model has statistics of whole batches");
        }
        return stage.objective().isMeanOverExamples()
                ? Optional.empty()
                : Optional.of("the objective is no mean over examples");
    }

    /**
     * Shares batches out between so many copies of the model; tensors of theirs live in the current scope.
     *
     * @throws IllegalArgumentException if a batch cannot be shared out
     */
    void replicate(int count) {
        if (count > 1) {
            Optional<String> why = count > batches.size() ? Optional.of("it has too few examples") : whyIndivisible();
            why.ifPresent(reason -> {
                throw new IllegalArgumentException("a batch of " + batches.size() + " cannot be shared by " + count
                        + " replicas: " + reason + ". Set replicas to 1");
            });
        }
        List<Replica> copies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            copies.add(count == 1 ? whole : replica(i, count));
        }
        replicas = copies;
    }

    private Replica replica(int i, int count) {
        long from = (long) batches.size() * i / count;
        long to = (long) batches.size() * (i + 1) / count;
        LatentVariableModel copy = i == 0 ? model : Copy.of(model);
        return new Replica(
                copy,
                stage.objective(),
                i == 0 ? learner.parameters() : learner.parameters().of(moved(copy)),
                stepOf(i == 0 ? noiseSeed : Rng.seedOf(noiseSeed, i)),
                new Meters(device),
                from,
                to - from,
                (double) (to - from) / batches.size());
    }

    /** Whether steps were taken since the last reading. */
    boolean hasReading() {
        return !replicas.get(0).meters().isEmpty();
    }

    /** The terms of the loss since the last reading. Waits for the device. */
    Meters.Reading readMeters() {
        List<Meters.Reading> readings =
                replicas.stream().map(replica -> replica.meters().read()).toList();
        return Meters.Reading.average(
                readings, replicas.stream().map(Replica::weight).toList());
    }

    /** The result of {@code use} with the averaged weights in the model's place, if there are any. */
    <T> T withAveragedWeights(Supplier<T> use) {
        return learner.withAverage(use);
    }
}
