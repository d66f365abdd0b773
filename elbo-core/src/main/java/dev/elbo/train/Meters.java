package dev.elbo.train;

import dev.elbo.objective.Loss;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Averages of a loss's terms over several steps, and the first step that was not finite; kept on the
 * device, so that no step waits for it.
 */
final class Meters {
    private final Scope home = Scope.current();
    private final Map<String, Tensor> sums = new LinkedHashMap<>();
    private final Tensor firstBadStep;
    private final Tensor never;
    private long count;

    Meters(Device device) {
        this.never = Tensor.scalar(Double.POSITIVE_INFINITY, device);
        this.firstBadStep = never.copy();
    }

    /**
     * Adds a step's loss.
     *
     * @param step its number, of rank 0
     */
    void add(Loss loss, Tensor step) {
        try (GradientMode off = GradientMode.off()) {
            loss.terms().forEach((name, value) -> sum(name, value).plusInPlace(value));
            Tensor bad = loss.total().allFinite().where(never, step);
            firstBadStep.assign(firstBadStep.minimum(bad));
            count++;
        }
    }

    private Tensor sum(String name, Tensor like) {
        return sums.computeIfAbsent(name, key -> home.adopt(like.zerosLike()));
    }

    /** Whether there is something to read. */
    boolean isEmpty() {
        return count == 0;
    }

    /** The averages since the last call. Waits for the device. */
    Map<String, Double> read() {
        Map<String, Double> means = new LinkedHashMap<>();
        sums.forEach((name, sum) -> {
            means.put(name, sum.item() / count);
            sum.fill(0);
        });
        count = 0;
        return means;
    }

    /** The first step whose loss was not finite, or infinity. Waits for the device. */
    double firstBadStep() {
        return firstBadStep.item();
    }
}
