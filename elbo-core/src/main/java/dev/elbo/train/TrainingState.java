package dev.elbo.train;

import dev.elbo.checkpoint.Checkpoint;
import dev.elbo.checkpoint.Weights;
import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.data.Order;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.nn.Copy;
import dev.elbo.objective.Objective;
import dev.elbo.objective.Step;
import dev.elbo.tensor.Backend;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Parallel;
import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.cuda.Capturer;
import dev.elbo.tensor.optim.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Everything that a step changes, and the step itself: a function of static buffers, with no value read
 * back from the device. Noise, order of examples and schedules are functions of the step's number, so
 * that number and the tensors here are the whole state of a training.
 */
final class TrainingState {
    private static final int NOISE = 0;
    private static final int ORDER = 1;
    private static final String RAW = "raw";

    /** The first is slow for other reasons; the fastest of the others counts. */
    private static final int TRIALS = 4;

    private final LatentVariableModel model;
    private final Objective objective;
    private final TrainingSettings settings;
    private final Batches batches;
    private final long noiseSeed;
    private final Device device;
    private final ParameterBuffer parameters;
    private final Optimizer optimizer;
    private final Optional<Ema> ema;
    private final Replica whole;
    private final Optional<RecordedSteps> recorded;
    private List<Replica> replicas;

    /**
     * Its tensors live in the current scope.
     *
     * @param capturer what records steps, if anything does
     * @param listener told whether they could be recorded
     */
    TrainingState(
            LatentVariableModel model,
            Objective objective,
            Examples examples,
            TrainingSettings settings,
            long seed,
            Optional<Capturer> capturer,
            Consumer<TrainingEvent> listener) {
        this.model = model;
        this.objective = objective;
        this.settings = settings;
        Order order = new Order(
                Rng.seedOf(seed, ORDER),
                count(examples),
                settings.batch(),
                settings.shuffleBlock() > 0 ? settings.shuffleBlock() : examples.neighbours());
        this.batches = new Batches(examples, order);
        this.noiseSeed = Rng.seedOf(seed, NOISE);
        this.device = examples.device();
        this.parameters = new ParameterBuffer(model.parameters());
        this.optimizer = settings.optimizer().over(parameters, settings);
        this.ema = settings.ema() == 0 ? Optional.empty() : Optional.of(new Ema(settings.ema(), parameters.values()));
        this.whole =
                new Replica(model, objective, parameters, stepOf(noiseSeed), new Meters(device), 0, batches.size(), 1);
        this.replicas = List.of(whole);
        this.recorded = capturer.map(with -> new RecordedSteps(with, this::takeStep, listener));
        if (device.kind() == Device.Kind.CUDA) {
            Backend.allowTf32(settings.precision() == TrainingSettings.Precision.TF32);
        }
    }

    private static int count(Examples examples) {
        if (examples.size() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%,d examples are more than the %,d that can be shuffled; give fewer",
                    examples.size(),
                    Integer.MAX_VALUE));
        }
        return (int) examples.size();
    }

    private Step stepOf(long seed) {
        return new Step(seed, settings.epochs(), device);
    }

    /** Takes a step. */
    void step(long number) {
        try (Scope scope = Scope.open("step")) {
            optimizer.learningRate().fill(learningRate(number));
            batches.prepare(number);
            if (recorded.isPresent()) {
                whole.meters().count();
                if (!recorded.get().take(number, turnTo(whole, number))) {
                    takeStep(turnTo(whole, number));
                }
            } else {
                computeGradients(number);
                update();
            }
        }
    }

    /** A step from the batch on: nothing in it depends on its number but tensors that were filled before. */
    private void takeStep(Batch batch) {
        whole.computeGradients(batch, settings.precision());
        update();
    }

    /** Changes nothing but gradients and meters. */
    private void computeGradients(long number) {
        if (replicas.size() == 1) {
            computeGradients(whole, number);
            return;
        }
        Parallel.run(replicas.size(), i -> computeGradients(replicas.get(i), number));
        parameters.addGradients(replicas.subList(1, replicas.size()).stream()
                .map(Replica::parameters)
                .toList());
    }

    private void computeGradients(Replica replica, long number) {
        replica.meters().count();
        replica.computeGradients(turnTo(replica, number), settings.precision());
    }

    private Batch turnTo(Replica replica, long number) {
        return replica.turnTo(number, epoch(number), batches);
    }

    private void update() {
        if (settings.clip() > 0) {
            parameters.clipGradients(settings.clip());
        }
        optimizer.step();
        ema.ifPresent(average -> average.update(parameters.values()));
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
        if (width == 1 || !isDivisible() || isSharedOut()) {
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
                computeGradients(number);
            }
            least = Math.min(least, (System.nanoTime() - began) / 1e9);
        }
        replicas.forEach(replica -> replica.meters().read());
        return least;
    }

    /** Whether all large operations are those that threads share: linear layers, where the precision is this processor's. */
    private boolean isSharedOut() {
        return (settings.precision() != TrainingSettings.Precision.BF16 || Backend.isMadeForBfloat16())
                && model.parameters().values().stream().allMatch(parameter -> parameter.rank() <= 2);
    }

    private boolean isDivisible() {
        return objective.isMeanOverExamples() && !model.hasBuffers() && device.kind() == Device.Kind.CPU;
    }

    /**
     * Shares batches out between so many copies of the model; tensors of theirs live in the current scope.
     *
     * @throws IllegalArgumentException if a batch cannot be shared out
     */
    void replicate(int count) {
        if (count > 1 && (!isDivisible() || count > batches.size())) {
            throw new IllegalArgumentException("a batch of " + batches.size() + " cannot be shared by " + count
                    + " replicas: " + (count > batches.size() ? "it has too few examples" : whyIndivisible())
                    + ". Set replicas to 1");
        }
        List<Replica> copies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            copies.add(count == 1 ? whole : replica(i, count));
        }
        replicas = copies;
    }

    private String whyIndivisible() {
        if (device.kind() != Device.Kind.CPU) {
            return "they are for the threads of a processor";
        }
        return model.hasBuffers()
                ? "the model has statistics of whole batches"
                : "the objective is no mean over examples";
    }

    private Replica replica(int i, int count) {
        long from = (long) batches.size() * i / count;
        long to = (long) batches.size() * (i + 1) / count;
        LatentVariableModel copy = i == 0 ? model : Copy.of(model);
        return new Replica(
                copy,
                objective,
                i == 0 ? parameters : parameters.of(copy.parameters()),
                stepOf(i == 0 ? noiseSeed : Rng.seedOf(noiseSeed, i)),
                new Meters(device),
                from,
                to - from,
                (double) (to - from) / batches.size());
    }

    int replicas() {
        return replicas.size();
    }

    double epoch(long number) {
        return (double) number / batches.perEpoch();
    }

    double learningRate(long number) {
        return settings.learningRate().over(settings.epochs()).at(epoch(number));
    }

    Batches batches() {
        return batches;
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

    long parameterCount() {
        return parameters.count();
    }

    /** The result of {@code use} with the averaged weights in the model's place, if there are any. */
    <T> T withAveragedWeights(Supplier<T> use) {
        if (ema.isEmpty()) {
            return use.get();
        }
        try (Scope scope = Scope.open("averaged weights")) {
            Tensor raw = copyOfValues();
            assign(parameters.values(), ema.get().average());
            try {
                return use.get();
            } finally {
                assign(parameters.values(), raw);
            }
        }
    }

    private Tensor copyOfValues() {
        try (GradientMode off = GradientMode.off()) {
            return parameters.values().copy();
        }
    }

    private static void assign(Tensor buffer, Tensor values) {
        try (GradientMode off = GradientMode.off()) {
            buffer.assign(values);
        }
    }

    /** The weights to use, as arrays. */
    Map<String, HostArray> modelArrays() {
        return withAveragedWeights(() -> host(model.state()));
    }

    /** What only training needs, as arrays: {@code exp_avg.posterior.network.0.weight} and the like. */
    Map<String, HostArray> trainingArrays() {
        Map<String, HostArray> arrays = new LinkedHashMap<>();
        buffers().forEach((kind, buffer) -> {
            try (Scope scope = Scope.open("checkpoint")) {
                host(parameters.split(buffer)).forEach((name, array) -> arrays.put(kind + "." + name, array));
            }
        });
        return arrays;
    }

    /** The names of weights and moments that are not finite. Waits for the device. */
    List<String> ruined() {
        Map<String, Tensor> tensors = new LinkedHashMap<>(model.state());
        tensors.putAll(buffers());
        try (Scope scope = Scope.open("check")) {
            return tensors.entrySet().stream()
                    .filter(entry -> entry.getValue().allFinite().item() == 0)
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    private Map<String, Tensor> buffers() {
        Map<String, Tensor> buffers = new LinkedHashMap<>(optimizer.moments());
        ema.ifPresent(average -> buffers.put(RAW, parameters.values()));
        return buffers;
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
     * @throws IllegalArgumentException if it is of another model or optimizer
     */
    void restore(Checkpoint checkpoint) {
        Weights.load(model, checkpoint.model());
        ema.ifPresent(average -> assign(average.average(), parameters.values()));
        buffers().forEach((kind, buffer) -> {
            try (Scope scope = Scope.open("restore")) {
                Map<String, Tensor> parts = new LinkedHashMap<>();
                parameters.split(buffer).forEach((name, part) -> parts.put(kind + "." + name, part));
                Weights.load(parts, checkpoint.training());
            }
        });
        optimizer.stepCount().fill((double) checkpoint.step());
    }
}
