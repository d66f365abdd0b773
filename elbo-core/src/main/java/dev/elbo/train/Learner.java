package dev.elbo.train;

import dev.elbo.checkpoint.Weights;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.HostArray;
import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.optim.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Parameters in one buffer, and what moves them: all in every step, or some ahead of the others. Its tensors live in the scope that it
 * was made in.
 */
final class Learner {
    private static final String RAW = "raw";

    private final ParameterBuffer parameters;
    private final Rule rule;
    private final List<Part> parts;
    private final double epochs;
    private final Optional<Ema> ema;
    private final Tensor unclippedNorm;

    /** Parameters that are always updated together. */
    private record Part(ParameterBuffer parameters, Optimizer optimizer) {}

    /** Of parameters that are all updated in every step. */
    Learner(Map<String, Tensor> parameters, Rule rule, double epochs, double emaDecay) {
        this(parameters, 0, rule, epochs, emaDecay);
    }

    /**
     * Moves the parameters' storage into a new buffer.
     *
     * @param ahead how many, of the first, may be updated without the others; 0 for none
     * @param epochs of the stage, over which the learning rate is stretched
     * @param emaDecay of the moving average that stands in for the parameters when they are used; 0 for none
     */
    Learner(Map<String, Tensor> parameters, int ahead, Rule rule, double epochs, double emaDecay) {
        this.parameters = new ParameterBuffer(parameters);
        this.rule = rule;
        this.epochs = epochs;
        this.parts = (ahead == 0 ? List.of(this.parameters) : this.parameters.apart(ahead))
                .stream()
                        .map(some -> new Part(some, rule.optimizer().over(some, rule)))
                        .toList();
        this.unclippedNorm = Tensor.scalar(0, this.parameters.values().device());
        this.ema = emaDecay == 0 ? Optional.empty() : Optional.of(new Ema(emaDecay, this.parameters.values()));
    }

    ParameterBuffer parameters() {
        return parameters;
    }

    /** Turns to a step: its learning rate. */
    void turnTo(double epoch) {
        parts.forEach(part -> part.optimizer.learningRate().fill(learningRate(epoch)));
    }

    double learningRate(double epoch) {
        return rule.learningRate().over(epochs).at(epoch);
    }

    /** Moves the parameters by the gradients as they are. */
    void update() {
        update(parts);
    }

    /** Moves those that are ahead: of the others, neither values nor moments. */
    void updateAhead() {
        update(parts.subList(0, 1));
    }

    private void update(List<Part> some) {
        if (rule.clip() > 0) {
            note(parameters.clipGradients(rule.clip()));
        }
        some.forEach(part -> part.optimizer.step());
        ema.ifPresent(average ->
                average.update(parameters.values(), parts.get(0).optimizer.stepCount()));
    }

    private void note(Tensor norm) {
        try (GradientMode off = GradientMode.off()) {
            unclippedNorm.assign(norm);
        }
    }

    /**
     * The Euclidean norm of the last step's gradients, before they were clipped. Gradients that nobody clips are still there,
     * so that no step measures them in vain. Waits for the device.
     */
    double gradientNorm() {
        try (Scope scope = Scope.open("gradient norm");
                GradientMode off = GradientMode.off()) {
            return (rule.clip() > 0 ? unclippedNorm : parameters.gradients().norm()).item();
        }
    }

    /** The result of {@code use} with the averaged parameters in the place of the present ones, if there is an average. */
    <T> T withAverage(Supplier<T> use) {
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

    /** Ends learning: the average becomes the parameters. */
    void settle() {
        ema.ifPresent(average -> assign(parameters.values(), average.average()));
    }

    /** Frees moments, averages and gradients when learning is over; the parameters stay. */
    void free() {
        parts.forEach(part -> part.optimizer.free());
        if (parts.size() > 1) {
            parts.forEach(part -> part.parameters.release());
        }
        ema.ifPresent(Ema::free);
        parameters.freeGradients();
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

    /** What only learning needs: moments, and the parameters before averaging, by kind; of several parts one after the other. */
    Map<String, List<Tensor>> buffers() {
        Map<String, List<Tensor>> buffers = new LinkedHashMap<>();
        parts.forEach(part -> part.optimizer
                .moments()
                .forEach((kind, moments) ->
                        buffers.computeIfAbsent(kind, k -> new ArrayList<>()).add(moments)));
        ema.ifPresent(average -> buffers.put(RAW, List.of(parameters.values())));
        return buffers;
    }

    /** The same as arrays: {@code exp_avg.posterior.network.0.weight} and the like. */
    Map<String, HostArray> arrays() {
        Map<String, HostArray> arrays = new LinkedHashMap<>();
        try (Scope scope = Scope.open("checkpoint")) {
            tensors().forEach((name, part) -> arrays.put(name, part.toHost()));
        }
        return arrays;
    }

    /** The names of {@link #arrays}. */
    Set<String> names() {
        try (Scope scope = Scope.open("names")) {
            return Set.copyOf(tensors().keySet());
        }
    }

    private Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        parts.forEach(part ->
                part.optimizer.moments().forEach((kind, moments) -> put(tensors, kind, part.parameters, moments)));
        ema.ifPresent(average -> put(tensors, RAW, parameters, parameters.values()));
        return tensors;
    }

    private static void put(Map<String, Tensor> tensors, String kind, ParameterBuffer layout, Tensor buffer) {
        layout.split(buffer).forEach((name, part) -> tensors.put(kind + "." + name, part));
    }

    /**
     * Becomes what was kept, the parameters to use being in their place already.
     *
     * @param arrays as {@link #arrays} made them, and perhaps others
     * @param steps taken by this learner
     * @param ofAll those in which it updated all
     * @throws IllegalArgumentException if one is missing
     */
    void restore(Map<String, HostArray> arrays, long steps, long ofAll) {
        ema.ifPresent(average -> assign(average.average(), parameters.values()));
        try (Scope scope = Scope.open("restore")) {
            Weights.load(tensors(), arrays);
        }
        parts.forEach(part -> part.optimizer.stepCount().fill((double) ofAll));
        parts.get(0).optimizer.stepCount().fill((double) steps);
    }
}
