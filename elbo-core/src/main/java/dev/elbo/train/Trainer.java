package dev.elbo.train;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbo.checkpoint.Checkpoint;
import dev.elbo.checkpoint.CheckpointStore;
import dev.elbo.data.Examples;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.cuda.Capturer;
import dev.elbo.train.TrainingEvent.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Trains a model: takes steps, tells about them, evaluates on the validation set, and keeps checkpoints.
 * A training that is resumed from a checkpoint goes on bit for bit on the processor.
 *
 * <pre>{@code
 * Trainer trainer = new Trainer(Composition.of(model, objective), examples, Optional.empty(), settings, seed, Optional.empty(), event -> {});
 * trainer.run(() -> false);
 * }</pre>
 */
public final class Trainer {
    private static final int VALIDATION = 2;
    private static final String EVALUATIONS_WITHOUT_GAIN = "evaluationsWithoutGain";
    private static final String BEST = "best";
    private static final String REPLICAS = "replicas";

    private final LatentVariableModel model;
    private final Optional<Examples> validation;
    private final TrainingSettings settings;
    private final long seed;
    private final Optional<CheckpointStore> store;
    private final Consumer<TrainingEvent> listener;
    private final TrainingState state;
    private final long steps;
    private final long evaluateEvery;
    private final Clock clock = new Clock();

    private long step;
    private int replicas;
    private double score = Double.NaN;
    private double best = Double.POSITIVE_INFINITY;
    private int evaluationsWithoutGain;
    private Map<String, Double> lastFinite = Map.of();

    /**
     * Prepares a training; its tensors live in the current scope.
     *
     * @param composition the model, and what it learns from
     * @param examples the training set
     * @param validation what the model is evaluated on while it trains; none for no evaluation
     * @param store where checkpoints go; none for no checkpoints
     * @param listener told what happens, on the thread that trains
     */
    public Trainer(
            Composition composition,
            Examples examples,
            Optional<Examples> validation,
            TrainingSettings settings,
            long seed,
            Optional<CheckpointStore> store,
            Consumer<TrainingEvent> listener) {
        this(
                composition,
                examples,
                validation,
                settings,
                seed,
                store,
                listener,
                settings.record() ? examples.device().capturer() : Optional.empty());
    }

    /** With something else that records steps than the device has. */
    Trainer(
            Composition composition,
            Examples examples,
            Optional<Examples> validation,
            TrainingSettings settings,
            long seed,
            Optional<CheckpointStore> store,
            Consumer<TrainingEvent> listener,
            Optional<Capturer> capturer) {
        this.model = composition.model();
        this.validation = validation;
        this.settings = settings;
        this.seed = seed;
        this.store = store;
        this.listener = listener;
        this.state = new TrainingState(composition, examples, settings, seed, capturer, listener);
        long perEpoch = state.batches().perEpoch();
        this.steps = state.steps();
        this.replicas = settings.replicas();
        this.evaluateEvery = Math.max(1, Math.round(settings.evaluateEvery() * perEpoch));
    }

    /**
     * The seed of the validation of a training: whoever evaluates the same examples with it, sees the same draws of pixels and
     * latents that decided which checkpoint is the best.
     *
     * @param seed of the training
     */
    public static long validationSeed(long seed) {
        return seed + VALIDATION;
    }

    /**
     * Goes on from a checkpoint, and counts seconds anew.
     *
     * @throws IllegalArgumentException if it is of another model or optimizer
     */
    public void restore(Checkpoint checkpoint) {
        restore(checkpoint, 0);
    }

    /**
     * Goes on from a checkpoint.
     *
     * @param seconds of training before, in all sessions: the figures of events go on from there
     * @throws IllegalArgumentException if it is of another model or optimizer
     */
    public void restore(Checkpoint checkpoint, double seconds) {
        clock.before = seconds;
        state.restore(checkpoint);
        step = checkpoint.step();
        if (replicas == 0) {
            replicas = checkpoint.progress().path(REPLICAS).asInt(1);
        }
        best = checkpoint.progress().path(BEST).asDouble(Double.POSITIVE_INFINITY);
        evaluationsWithoutGain =
                checkpoint.progress().path(EVALUATIONS_WITHOUT_GAIN).asInt();
    }

    /**
     * Trains until all steps are taken, nothing improves any more, or {@code stop} says so after a step.
     *
     * @throws IllegalArgumentException if batches cannot be shared by as many replicas as the settings say
     * @throws DivergedException if the loss, the weights or an evaluation become NaN or infinite
     * @throws IOException if a checkpoint cannot be written
     */
    public Reason run(BooleanSupplier stop) throws IOException {
        replicas = replicas == 0 ? state.fastest(step) : replicas;
        state.replicate(replicas);
        listener.accept(new TrainingEvent.Started(
                step,
                steps,
                state.batches().perEpoch(),
                state.parameterCount(),
                replicas,
                state.batches().shuffleBlock(),
                state.whyIndivisible(),
                state.batches().leftOut(),
                clock.before));
        clock.start(step);
        Reason reason = takeSteps(stop);
        listener.accept(new TrainingEvent.Finished(step, reason, clock.seconds()));
        return reason;
    }

    private Reason takeSteps(BooleanSupplier stop) throws IOException {
        Reason reason = patienceOrEnd();
        try {
            while (step < steps && reason == Reason.COMPLETED) {
                state.step(step);
                step++;
                score = Double.NaN;
                reason = afterStep(stop);
            }
        } finally {
            state.close();
        }
        return reason;
    }

    private Reason afterStep(BooleanSupplier stop) throws IOException {
        boolean stopped = stop.getAsBoolean();
        boolean evaluates = step % evaluateEvery == 0 || step == steps || state.beginsStage(step);
        if (step % settings.logEvery() == 0 || evaluates || stopped) {
            report();
        }
        if (evaluates) {
            evaluate();
        }
        if (evaluates || stopped) {
            save();
        }
        return stopped ? Reason.STOPPED : patienceOrEnd();
    }

    private Reason patienceOrEnd() {
        boolean patient = settings.patience() == 0 || evaluationsWithoutGain < settings.patience();
        return patient ? Reason.COMPLETED : Reason.NO_IMPROVEMENT;
    }

    private void report() throws IOException {
        if (!state.hasReading()) {
            return;
        }
        Meters.Reading reading = state.readMeters();
        Map<String, Double> terms = reading.means();
        if (!reading.isFinite()) {
            throw diverged(step - reading.steps() + reading.finiteSteps() + 1, terms);
        }
        lastFinite = terms;
        double rate = clock.stepsPerSecond(step) * state.batches().size();
        listener.accept(new TrainingEvent.Progressed(
                step,
                state.epoch(step),
                terms,
                state.learningRate(step - 1),
                state.gradientNorm(),
                rate,
                clock.seconds()));
    }

    private DivergedException diverged(long since, Map<String, Double> terms) throws IOException {
        Map<String, Double> bad = new LinkedHashMap<>(terms);
        bad.values().removeIf(Double::isFinite);
        if (bad.isEmpty()) {
            bad.put("total", Double.NaN);
        }
        Optional<Path> last = store.isPresent() ? store.get().latest() : Optional.empty();
        TrainingEvent.Diverged event = new TrainingEvent.Diverged(since, bad, lastFinite, last);
        listener.accept(event);
        return new DivergedException(event);
    }

    private void evaluate() throws IOException {
        if (validation.isPresent()) {
            Examples examples = validation.get();
            Verdict verdict =
                    state.withAveragedWeights(() -> Verdict.of(model, state.stage(), examples, validationSeed(seed)));
            if (!Double.isFinite(verdict.score())) {
                throw diverged(step, verdict.terms());
            }
            evaluated(verdict);
        }
        clock.pause(step);
    }

    private void evaluated(Verdict verdict) {
        boolean counts =
                state.isInLastStage(); // a model whose last stage has not begun is not the best, whatever its figures
        if (counts) {
            score = verdict.score();
            evaluationsWithoutGain = score < best ? 0 : evaluationsWithoutGain + 1;
            best = Math.min(best, score);
        }
        listener.accept(new TrainingEvent.Evaluated(
                step, state.epoch(step), verdict.terms(), counts && evaluationsWithoutGain == 0, clock.seconds()));
    }

    private void save() throws IOException {
        if (store.isEmpty()) {
            return;
        }
        requireFiniteState();
        try (Scope scope = Scope.open("save")) {
            ObjectNode progress = JsonNodeFactory.instance.objectNode();
            progress.put("epoch", state.epoch(step));
            progress.put("stage", state.stage().name());
            progress.put(REPLICAS, replicas);
            progress.put(EVALUATIONS_WITHOUT_GAIN, evaluationsWithoutGain);
            if (Double.isFinite(best)) {
                progress.put(BEST, best);
            }
            Checkpoint checkpoint = new Checkpoint(step, score, state.modelArrays(), state.trainingArrays(), progress);
            listener.accept(new TrainingEvent.Saved(step, store.get().save(checkpoint)));
        }
        clock.pause(step);
    }

    /** The last step may have ruined what its own loss does not show yet. */
    private void requireFiniteState() throws IOException {
        Map<String, Double> ruined = new LinkedHashMap<>();
        state.ruined().forEach(name -> ruined.put(name, Double.NaN));
        if (!ruined.isEmpty()) {
            throw diverged(step, ruined);
        }
    }

    /** Seconds of this training in all its sessions, and steps per second without what lies between them. */
    private static final class Clock {
        private double before;
        private long began;
        private long resumed;
        private long resumedStep;

        void start(long step) {
            began = System.nanoTime();
            pause(step);
        }

        /** Begins to count anew after something that was no step. */
        void pause(long step) {
            resumed = System.nanoTime();
            resumedStep = step;
        }

        double stepsPerSecond(long step) {
            double rate = (step - resumedStep) * 1e9 / Math.max(1, System.nanoTime() - resumed);
            pause(step);
            return rate;
        }

        double seconds() {
            return before + (System.nanoTime() - began) / 1e9;
        }
    }
}
