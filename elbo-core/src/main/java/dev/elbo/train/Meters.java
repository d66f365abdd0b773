package dev.elbo.train;

import dev.elbo.objective.Loss;
import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Averages of a loss's terms over several steps, and for how many of these the loss was finite; kept on
 * the device, so that no step waits for it.
 */
final class Meters {
    private final Scope home = Scope.current();
    private List<String> names = List.of();
    private Tensor sums;
    private Tensor finite;
    private long count;

    Meters(Device device) {
        this.sums = Tensor.zeros(device, 0);
        this.finite = Tensor.zeros(device, 0);
    }

    void add(Loss loss) {
        try (GradientMode off = GradientMode.off()) {
            Tensor terms = Tensor.stack(
                    0,
                    Stream.concat(loss.terms().values().stream(), Stream.of(loss.total()))
                            .toArray(Tensor[]::new));
            if (names.isEmpty()) {
                names = new ArrayList<>(loss.terms().keySet());
                sums = home.adopt(terms.zerosLike());
                finite = home.adopt(terms.zerosLike());
            }
            sums.plusInPlace(terms);
            Tensor zeroOrNan = sums.minus(sums);
            finite.plusInPlace(zeroOrNan.equalTo(zeroOrNan).to(DType.FLOAT32));
        }
    }

    /** That terms of another step are being added, by whom else it be. */
    void count() {
        count++;
    }

    /** Whether there is nothing to read. */
    boolean isEmpty() {
        return count == 0;
    }

    /** What was added since the last reading. Waits for the device. */
    Reading read() {
        float[] totals;
        float[] finiteSteps;
        try (Scope scope = Scope.open("meters")) {
            totals = sums.toFloats();
            finiteSteps = finite.toFloats();
        }
        Map<String, Double> means = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            means.put(names.get(i), (double) totals[i] / count);
        }
        long fewest = count;
        for (float steps : finiteSteps) {
            fewest = Math.min(fewest, (long) steps);
        }
        Reading reading = new Reading(means, count, fewest);
        sums.fill(0);
        finite.fill(0);
        count = 0;
        return reading;
    }

    /**
     * A reading.
     *
     * @param means of the terms
     * @param steps how many were averaged
     * @param finiteSteps how many of these came before the first whose loss, or a term of it, was not finite
     */
    record Reading(Map<String, Double> means, long steps, long finiteSteps) {
        /** That of a whole batch from those of its parts, which weigh 1 together. */
        static Reading average(List<Reading> parts, List<Double> weights) {
            Map<String, Double> means = new LinkedHashMap<>();
            long finite = Long.MAX_VALUE;
            for (int i = 0; i < parts.size(); i++) {
                double weight = weights.get(i);
                parts.get(i).means().forEach((name, mean) -> means.merge(name, weight * mean, Double::sum));
                finite = Math.min(finite, parts.get(i).finiteSteps());
            }
            return new Reading(means, parts.get(0).steps(), finite);
        }

        boolean isFinite() {
            return steps == finiteSteps;
        }
    }
}
