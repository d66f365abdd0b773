package dev.elbo.tensor;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A rule that moves parameters against their gradients. It works on the flat buffers of a
 * {@link ParameterBuffer}; its step count and its learning rate are tensors, so that a recorded step
 * can be replayed while they change.
 */
public abstract class Optimizer {
    private final ParameterBuffer parameters;
    private final Tensor step;
    private final Tensor learningRate;
    private final Map<String, Tensor> moments = new LinkedHashMap<>();

    /** A rule over these parameters; its tensors live in the current scope. */
    protected Optimizer(ParameterBuffer parameters) {
        this.parameters = parameters;
        this.step = Tensor.scalar(0, parameters.values().device());
        this.learningRate = Tensor.scalar(0, parameters.values().device());
    }

    /** Adds a buffer of the parameters' layout to the state, filled with zeros. */
    protected final Tensor moment(String name) {
        Tensor moment = parameters.values().zerosLike();
        moments.put(name, moment);
        return moment;
    }

    /** Moves the parameters once, by the gradients as they are. */
    public final void step() {
        try (GradientMode off = GradientMode.off()) {
            step.plusInPlace(1);
            update(parameters.values(), parameters.gradients());
        }
    }

    /** Changes {@code values}, [P], by {@code gradients}, [P]. */
    protected abstract void update(Tensor values, Tensor gradients);

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
