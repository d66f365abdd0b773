package dev.elbo.train;

import dev.elbo.checkpoint.Checkpoint;
import dev.elbo.checkpoint.Weights;
import dev.elbo.data.Examples;
import dev.elbo.data.Order;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.tensor.Backend;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.cuda.Capturer;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Everything that a step changes: a step is a function of static buffers, with no value read
 * back from the device. Noise, order of examples and schedules are functions of the step's number, so
 * that number and the tensors here are the whole state of a training.
 */
final class TrainingState {
    private static final int NOISE = 0;
    private static final int ORDER = 1;
    private static final int BEGINNING = 2;
    private static final String WEIGHTS = "weights";

    private final Composition composition;
    private final TrainingSettings settings;
    private final Batches batches;
    private final Timeline timeline;
    private final Examples examples;
    private final long noiseSeed;
    private final long beginningSeed;
    private final Optional<Capturer> capturer;
    private final Consumer<TrainingEvent> listener;
    private final long parameterCount;
    private Phase phase;
    private int stage;
    private int replicas = 1;

    /**
     * Its tensors live in the current scope.
     *
     * @param capturer what records steps, if anything does
     * @param listener told whether they could be recorded
     */
    TrainingState(
            Composition composition,
            Examples examples,
            TrainingSettings settings,
            long seed,
            Optional<Capturer> capturer,
            Consumer<TrainingEvent> listener) {
        this.composition = composition;
        this.settings = settings;
        this.batches = new Batches(examples, order(examples, Rng.seedOf(seed, ORDER)));
        this.timeline = Timeline.of(composition.stages(), settings.epochs(), batches.perEpoch());
        this.examples = examples;
        this.noiseSeed = Rng.seedOf(seed, NOISE);
        this.beginningSeed = Rng.seedOf(seed, BEGINNING);
        this.capturer = capturer;
        this.listener = listener;
        this.parameterCount = countAll();
        settings.requireFitting(composition);
        prepare(0);
        this.phase = begin(0);
        if (examples.device().kind() == Device.Kind.CUDA) {
            Backend.allowTf32(settings.precision() == TrainingSettings.Precision.TF32);
        }
    }

    private Order order(Examples examples, long seed) {
        int block = settings.shuffleBlock() > 0 ? settings.shuffleBlock() : examples.neighbours();
        return composition
                .mixing()
                .map(mixing -> Order.mixed(examples.split(), mixing.field(), mixing.share(), seed, settings.batch()))
                .orElseGet(() -> Order.of(examples.split(), seed, settings.batch(), block));
    }

    /** All numbers that are trained in any stage, by the model or beside it; who plays in several stages is counted once. */
    private long countAll() {
        Set<Tensor> all = Collections.newSetFromMap(new IdentityHashMap<>());
        all.addAll(model().parameters().values());
        composition.stages().stream()
                .flatMap(each -> each.opponents().stream())
                .forEach(player -> all.addAll(player.module().parameters().values()));
        return all.stream().mapToLong(parameter -> parameter.shape().elements()).sum();
    }

    private Phase begin(int number) {
        return new Phase(
                model(),
                composition.stages().get(number),
                timeline.lengths().get(number),
                settings,
                batches,
                noiseSeed,
                capturer,
                listener);
    }

    /** Gives the model the values that a stage begins with. Those of a first stage are made again at resuming, and overwritten. */
    private void prepare(int number) {
        composition.stages().get(number).beginning().ifPresent(first -> first.begin(examples, beginningSeed));
    }

    private LatentVariableModel model() {
        return composition.model();
    }

    /** Takes a step, in the stage that it belongs to. */
    void step(long number) {
        enter(timeline.stageAt(number));
        phase.step(number, timeline.epoch(number));
    }

    private void enter(int next) {
        if (next != stage) {
            phase.settle();
            stage = next;
            prepare(next);
            phase = begin(next);
            replicate(replicas);
        }
    }

    /** Frees what was recorded. */
    void close() {
        phase.close();
    }

    /** How many copies of the model share a batch fastest in the present stage. */
    int fastest(long number) {
        return phase.fastest(number);
    }

    /** The reason against copies of the model in the present stage, if there is one. */
    Optional<String> whyIndivisible() {
        return phase.whyIndivisible();
    }

    /**
     * Shares batches out between so many copies of the model, in this stage and those after it; tensors of theirs live in the
     * current scope. A later stage whose batches cannot be shared out has one copy: nothing is measured there, so that a run that
     * is resumed in it is the one that was not stopped.
     *
     * @throws IllegalArgumentException if a batch of the first stage cannot be shared out
     */
    void replicate(int count) {
        replicas = count;
        phase.replicate(stage > 0 && whyIndivisible().isPresent() ? 1 : count);
    }

    /** The number of steps in all. */
    long steps() {
        return timeline.steps();
    }

    double epoch(long number) {
        return (double) number / batches.perEpoch();
    }

    double learningRate(long number) {
        return phase.learner().learningRate(timeline.epoch(number));
    }

    /** Of the last step, before gradients were clipped. Waits for the device. */
    double gradientNorm() {
        return phase.learner().gradientNorm();
    }

    Batches batches() {
        return batches;
    }

    /** Whether steps were taken since the last reading. */
    boolean hasReading() {
        return phase.hasReading();
    }

    /** The terms of the loss since the last reading. Waits for the device. */
    Meters.Reading readMeters() {
        return phase.readMeters();
    }

    /** Whether the present stage is the last one. */
    boolean isInLastStage() {
        return stage == composition.stages().size() - 1;
    }

    /** Whether a step would be the first of a stage but the first: what was measured before belongs to another objective. */
    boolean beginsStage(long number) {
        return number > 0 && timeline.begin(timeline.stageAt(number)) == number;
    }

    long parameterCount() {
        return parameterCount;
    }

    /** The result of {@code use} with the averaged weights in the model's place, if there are any. */
    <T> T withAveragedWeights(Supplier<T> use) {
        return phase.withAveragedWeights(use);
    }

    /** The weights to use, as arrays. */
    Map<String, HostArray> modelArrays() {
        return withAveragedWeights(() -> host(model().state()));
    }

    /**
     * What only training needs, as arrays: {@code exp_avg.posterior.network.0.weight} and the like; of a critic {@code
     * critic.weights.0.weight} and {@code critic.exp_avg.0.weight}.
     */
    Map<String, HostArray> trainingArrays() {
        Map<String, HostArray> arrays = new LinkedHashMap<>(phase.learner().arrays());
        phase.opponents().forEach((name, learner) -> {
            host(player(name).module().state())
                    .forEach((path, array) -> arrays.put(name + "." + WEIGHTS + "." + path, array));
            learner.arrays().forEach((path, array) -> arrays.put(name + "." + path, array));
        });
        return arrays;
    }

    private Set<String> trainingNames() {
        Set<String> names = new HashSet<>(phase.learner().names());
        phase.opponents().forEach((name, learner) -> {
            player(name).module().state().keySet().forEach(path -> names.add(name + "." + WEIGHTS + "." + path));
            learner.names().forEach(path -> names.add(name + "." + path));
        });
        return names;
    }

    private Player player(String name) {
        return composition.stages().get(stage).opponents().stream()
                .filter(player -> player.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The names of weights and moments that are not finite. Waits for the device. */
    List<String> ruined() {
        Map<String, Tensor> tensors = new LinkedHashMap<>(model().state());
        tensors.values().removeIf(tensor -> !tensor.dtype().isFloatingPoint());
        add(tensors, "", phase.learner());
        phase.opponents().forEach((name, learner) -> {
            tensors.put(name, learner.parameters().values());
            add(tensors, name + ".", learner);
        });
        try (Scope scope = Scope.open("check")) {
            return tensors.entrySet().stream()
                    .filter(entry -> entry.getValue().allFinite().item() == 0)
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    /** Of several parts, the last that is not finite would hide the others: each has a name. */
    private static void add(Map<String, Tensor> tensors, String prefix, Learner learner) {
        learner.buffers().forEach((kind, buffers) -> {
            for (int i = 0; i < buffers.size(); i++) {
                tensors.put(prefix + kind + (i == 0 ? "" : " of the rest"), buffers.get(i));
            }
        });
    }

    private static Map<String, HostArray> host(Map<String, Tensor> tensors) {
        Map<String, HostArray> arrays = new LinkedHashMap<>();
        try (Scope scope = Scope.open("checkpoint")) {
            tensors.forEach((name, tensor) -> arrays.put(name, tensor.toHost()));
        }
        return arrays;
    }

    /**
     * Becomes what a checkpoint holds.
     *
     * @throws IllegalArgumentException if it is of another model or optimizer, or of a stage that would have begun elsewhere
     */
    void restore(Checkpoint checkpoint) {
        // the last step that was taken says which learners were kept: a stage begins with its first step
        int at = timeline.stageAt(Math.max(0, checkpoint.step() - 1));
        requireSameStage(checkpoint, at);
        Weights.load(model(), checkpoint.model());
        if (at != stage) {
            stage = at;
            phase = begin(at);
        }
        Map<String, HostArray> kept = checkpoint.training();
        long taken = checkpoint.step() - timeline.begin(at);
        phase.learner().restore(kept, taken, updatesOfAll(timeline.begin(at), checkpoint.step()));
        phase.opponents().forEach((name, learner) -> {
            Weights.load(player(name).module(), under(name + "." + WEIGHTS, kept));
            learner.restore(under(name, kept), taken, taken);
        });
        Weights.requireNoOthers(trainingNames(), kept.keySet());
    }

    /** In how many steps of the present stage the whole model was updated. */
    private long updatesOfAll(long from, long to) {
        return LongStream.range(from, to)
                .filter(number -> !phase.isOfEncoder(number, timeline.epoch(number)))
                .count();
    }

    private void requireSameStage(Checkpoint checkpoint, int at) {
        String name = composition.stages().get(at).name();
        String kept = checkpoint.progress().path("stage").asText(name);
        if (!kept.equals(name)) {
            throw new IllegalArgumentException("step " + checkpoint.step() + " was taken in stage '" + kept
                    + "', and would now belong to stage '" + name
                    + "'. Resume with the epochs that the run was begun with");
        }
    }

    /** The arrays whose names begin with a prefix and a dot, by what follows. */
    private static Map<String, HostArray> under(String prefix, Map<String, HostArray> arrays) {
        Map<String, HostArray> under = new LinkedHashMap<>();
        arrays.forEach((name, array) -> {
            if (name.startsWith(prefix + ".")) {
                under.put(name.substring(prefix.length() + 1), array);
            }
        });
        return under;
    }

    /** The present stage. */
    Stage stage() {
        return composition.stages().get(stage);
    }
}
