package dev.elbo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.Function;

/** Compares the gradients of a function with central differences. */
final class FiniteDifferences {
    private static final double STEP = 1e-6;
    private static final double CURVATURE = 1e-8; // STEP² times third derivatives up to 10,000 times as large

    private FiniteDifferences() {}

    /** Checks the gradients for all inputs, FLOAT64, of a weighted sum of the outputs. */
    static void check(Function<Tensor[], Tensor> function, Tensor... inputs) {
        for (Tensor input : inputs) {
            input.requireGradient();
        }
        Tensor outputs = function.apply(inputs);
        weighted(outputs).sum().backward();
        double rounding = rounding(weighted(outputs));
        for (Tensor input : inputs) {
            double[] gradient = input.gradient().toHost().toDoubles();
            for (int i = 0; i < gradient.length; i++) {
                double expected =
                        difference(function, input.detach().reshape(-1).narrow(0, i, 1), inputs);
                assertThat(gradient[i])
                        .as("gradient for element " + i + " of " + input)
                        .isCloseTo(expected, within(CURVATURE * Math.max(1, Math.abs(expected)) + rounding));
            }
        }
    }

    /** The rounding of a difference of two sums, over twice the step; a formula gave each of their terms. */
    private static double rounding(Tensor weighted) {
        double magnitude = weighted.detach().abs().sum().item();
        long terms = weighted.shape().elements();
        return (Rounding.ofFormula(DType.FLOAT64, magnitude) + Rounding.ofSum(DType.FLOAT64, terms, magnitude)) / STEP;
    }

    /** (f(x + h) − f(x − h)) / 2 h for an element x, a view into one of the inputs. */
    private static double difference(Function<Tensor[], Tensor> function, Tensor x, Tensor... inputs) {
        try (Scope scope = Scope.open("difference");
                GradientMode off = GradientMode.off()) {
            double value = x.item();
            x.fill(value + STEP);
            double above = weighted(function.apply(inputs)).sum().item();
            x.fill(value - STEP);
            double below = weighted(function.apply(inputs)).sum().item();
            x.fill(value);
            return (above - below) / (2 * STEP);
        }
    }

    /** Different weights, so that gradients of different outputs do not cancel or add up by chance. */
    private static Tensor weighted(Tensor outputs) {
        long count = outputs.shape().elements();
        double[] weights = new double[Math.toIntExact(count)];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.cos(i + 1);
        }
        return outputs.reshape(count).times(Tensor.of(HostArray.of(weights, count), Device.CPU));
    }

    /** FLOAT64 numbers between −1 and 1, different and away from 0. */
    static Tensor numbers(long... shape) {
        double[] values = new double[Math.toIntExact(Shape.of(shape).elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.sin(2.3 * i + 0.7) * 0.9 + 0.05;
        }
        return Tensor.of(HostArray.of(values, shape), Device.CPU);
    }
}
