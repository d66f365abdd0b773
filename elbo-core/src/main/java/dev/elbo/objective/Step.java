package dev.elbo.objective;

import dev.elbo.nn.Pass;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.NoiseTape;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;

/**
 * What a training step depends on beside its batch: its noise, and the present values of schedules as
 * tensors. Between steps these change in place, so that a recorded step can be replayed.
 */
public final class Step {
    private final Device device;
    private final Scope home = Scope.current();
    private final NoiseTape noise;
    private final Map<Schedule, Tensor> values = new HashMap<>();
    private double epoch;

    /** The first step of a run; its tensors live in the current scope. */
    public Step(long seed, Device device) {
        this.device = device;
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
        values.forEach((schedule, value) -> value.fill(schedule.at(epoch)));
    }

    /** A training pass with this step's noise. */
    public Pass pass() {
        return Pass.training(noise);
    }

    /** The value of a schedule at this step, of rank 0. */
    public Tensor value(Schedule schedule) {
        return values.computeIfAbsent(schedule, key -> home.adopt(Tensor.scalar(key.at(epoch), device)));
    }
}
