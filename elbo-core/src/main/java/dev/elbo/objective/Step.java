package dev.elbo.objective;

import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.NoiseTape;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a training step depends on beside its batch: its noise, and the present values of schedules as
 * tensors. Between steps these change in place, so that a recorded step can be replayed.
 */
public final class Step {
    private final Device device;
    private final Scope home = Scope.current();
    private final NoiseTape noise;
    private final Map<Schedule, Tensor> values = new HashMap<>();
    private final Map<Schedule, Double> filled = new HashMap<>();
    private final double epochs;
    private final long examples;
    private double epoch;

    /**
     * The first step of a training; its tensors live in the current scope.
     *
     * @param epochs of the whole training
     * @param examples N, of the training set
     */
    public Step(long seed, double epochs, long examples, Device device) {
        this.device = device;
        this.epochs = epochs;
        this.examples = examples;
        this.noise = new NoiseTape(seed, device);
    }

    /**
     * Becomes another step.
     *
     * @param number from 0
     * @param newEpoch how many epochs have passed before it
     */
    public void advance(long number, double newEpoch) {
        epoch = newEpoch;
        noise.rewind(number);
        values.forEach((schedule, value) -> {
            double now = at(schedule);
            if (!Objects.equals(filled.put(schedule, now), now)) {
                value.fill(now);
            }
        });
    }

    /** N, the number of examples of the training set. */
    public long examples() {
        return examples;
    }

    /** A training pass with this step's noise. */
    public Pass pass() {
        return Pass.training(noise);
    }

    /** The value of a schedule at this step, of rank 0. */
    public Tensor value(Schedule schedule) {
        return values.computeIfAbsent(schedule, key -> home.adopt(Tensor.scalar(at(key), device)));
    }

    private double at(Schedule schedule) {
        return schedule.over(epochs).at(epoch);
    }
}
