package dev.elbo.tensor.optim;

import dev.elbo.tensor.Device;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.ParameterBuffer;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import dev.elbo.tensor.team.Slice;
import dev.elbo.tensor.team.Team;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A rule that moves parameters against their gradients, element by element. It works on the flat buffers of a
 * {@link ParameterBuffer}, a part of them on each thread; its step count and its learning rate are tensors, so
 * that a recorded step can be replayed while they change.
 */
public abstract class Optimizer {
    /** Fewer elements, about 20 µs of work, are not worth a second thread. */
    private static final int WORTH_SHARING = 1 << 16;

    private final Scope home = Scope.current();
    private final ParameterBuffer parameters;
    private final Tensor step;
    private final Tensor learningRate;
    private final Map<String, Tensor> moments = new LinkedHashMap<>();
    private final List<Part> parts = new ArrayList<>();

    /** A rule over these parameters; its tensors live in the current scope. */
    protected Optimizer(ParameterBuffer parameters) {
        this.parameters = parameters;
        this.step = Tensor.scalar(0, parameters.values().device());
        this.learningRate = Tensor.scalar(0, parameters.values().device());
        long size = parameters.values().size(0);
        int count = parameters.values().device().kind() == Device.Kind.CPU ? Team.parts(size >= WORTH_SHARING) : 1;
        for (int i = 0; i < count; i++) {
            parts.add(new Part(i, Slice.of(size, count, i), parameters));
        }
    }

    /** A part of the parameters, and of all that belongs to them. */
    protected static final class Part {
        private final int number;
        private final Slice slice;
        private final Tensor values;
        private final Tensor gradients;
        private final Map<String, Tensor> moments = new LinkedHashMap<>();

        Part(int number, Slice slice, ParameterBuffer parameters) {
            this.number = number;
            this.slice = slice;
            this.values = of(parameters.values());
            this.gradients = of(parameters.gradients());
        }

        private Tensor of(Tensor buffer) {
            return buffer.narrow(0, slice.from(), slice.length());
        }

        /** From 0. */
        int number() {
            return number;
        }

        /** What is changed, [P']. */
        Tensor values() {
            return values;
        }

        /** By what, [P']. */
        Tensor gradients() {
            return gradients;
        }

        /** What the rule carries from step to step, [P']. */
        Tensor moment(String name) {
            return Objects.requireNonNull(moments.get(name));
        }
    }

    /** Frees what it carries; it takes no step after that. */
    public final void free() {
        parts.forEach(part -> {
            part.moments.values().forEach(home::release);
            home.release(part.values);
            home.release(part.gradients);
        });
        parts.clear();
        moments.values().forEach(home::release);
        moments.clear();
    }

    /** Adds a buffer of the parameters' layout to the state, filled with zeros. */
    protected final void carry(String name) {
        Tensor moment = parameters.values().zerosLike();
        moments.put(name, moment);
        parts.forEach(part -> part.moments.put(name, part.of(moment)));
    }

    /** Moves the parameters once, by the gradients as they are. */
    public final void step() {
        try (GradientMode off = GradientMode.off()) {
            step.plusInPlace(1);
            Team.run(parts.size(), i -> {
                try (Scope scope = Scope.open("update")) {
                    update(parts.get(i));
                }
            });
        }
    }

    final List<Part> parts() {
        return parts;
    }

    /** Changes the values of a part. */
    protected abstract void update(Part part);

    /** The number of steps taken, of rank 0. */
    public final Tensor stepCount() {
        return step;
    }

    /** The learning rate of the next step, of rank 0: fill it before. */
    public final Tensor learningRate() {
        return learningRate;
    }

    /** The buffers that the rule carries from step to step, [P] each, by their usual names. */
    public final Map<String, Tensor> moments() {
        return moments;
    }
}
