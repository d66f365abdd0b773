package dev.elbo.train;

import dev.elbo.checkpoint.Checkpoint;
import dev.elbo.checkpoint.Weights;
import dev.elbo.data.Batch;
import dev.elbo.data.Examples;
import dev.elbo.data.Order;
import dev.elbo.model.LatentVariableModel;
import dev.elbo.objective.Loss;
import dev.elbo.objective.Objective;
import dev.elbo.objective.Step;
import dev.elbo.tensor.Autocast;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.Optimizer;
import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final LatentVariableModel model;
    private final Objective objective;
    private final TrainingSettings settings;
    private final Batches batches;
    private final Step step;
    private final ParameterBuffer parameters;
    private final Optimizer optimizer;
    private final Optional<Ema> ema;
    private final Meters meters;

    /** Its tensors live in the current scope. */
    TrainingState(
            LatentVariableModel model, Objective objective, Examples examples, TrainingSettings settings, long seed) {
        this.model = model;
        this.objective = objective;
        this.settings = settings;
        Order order = new Order(Rng.seedOf(seed, ORDER), Math.toIntExact(examples.size()), settings.batch());
        this.batches = new Batches(examples, order);
        this.step = new Step(Rng.seedOf(seed, NOISE), settings.epochs(), examples.device());
        this.parameters = new ParameterBuffer(model.parameters());
        this.optimizer = settings.optimizer().over(parameters, settings);
        this.ema = settings.ema() == 0 ? Optional.empty() : Optional.of(new Ema(settings.ema(), parameters.values()));
        this.meters = new Meters(examples.device());
    }

    /** Takes a step. */
    void step(long number) {
        try (Scope scope = Scope.open("step")) {
            step.advance(number, epoch(number));
            optimizer.learningRate().fill(learningRate(number));
            Loss loss = loss(batches.at(number, step.pass().rng()));
            parameters.clearGradients();
            loss.total().backward();
            if (settings.clip() > 0) {
                parameters.clipGradients(settings.clip());
            }
            optimizer.step();
            ema.ifPresent(average -> average.update(parameters.values()));
            meters.add(loss);
        }
    }

    private Loss loss(Batch batch) {
        if (settings.precision() == TrainingSettings.Precision.FP32) {
            return objective.loss(model, batch, step);
        }
        try (Autocast on = Autocast.bfloat16(parameters.values().device())) {
            return objective.loss(model, batch, step);
        }
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

    Meters meters() {
        return meters;
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
