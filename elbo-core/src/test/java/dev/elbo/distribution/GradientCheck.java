package dev.elbo.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbo.tensor.GradientMode;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Tensor;
import java.util.function.Supplier;

/** Compares gradients with central differences. */
final class GradientCheck {
    private static final double STEP = 1e-6;

    private GradientCheck() {}

    /** The tensors, marked as parameters. */
    static Tensor[] requiring(Tensor... parameters) {
        for (Tensor parameter : parameters) {
            parameter.requireGradient();
        }
        return parameters;
    }

    /** Checks the gradients of a number for all its parameters, FLOAT64. */
    static void compare(Supplier<Tensor> figure, Tensor... parameters) {
        figure.get().backward();
        for (Tensor parameter : parameters) {
            double[] gradient = parameter.gradient().toHost().toDoubles();
            for (int i = 0; i < gradient.length; i++) {
                double difference =
                        difference(figure, parameter.detach().reshape(-1).narrow(0, i, 1));
                // STEP² times a third derivative, and 1e-16 / STEP times the figure
                assertThat(gradient[i]).isCloseTo(difference, within(1e-6 * Math.max(1, Math.abs(difference))));
            }
        }
    }

    /** (f(x + h) − f(x − h)) / 2 h for an element x, a view into a parameter. */
    private static double difference(Supplier<Tensor> figure, Tensor x) {
        try (Scope scope = Scope.open("difference");
                GradientMode off = GradientMode.off()) {
            double value = x.item();
            double above = at(value + STEP, x, figure);
            double below = at(value - STEP, x, figure);
            x.fill(value);
            return (above - below) / (2 * STEP);
        }
    }

    private static double at(double value, Tensor x, Supplier<Tensor> figure) {
        x.fill(value);
        return figure.get().item();
    }
}
