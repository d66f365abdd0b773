package dev.elbo.nn;

import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Scope;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes the first values of parameters, in the current scope. Weights are uniform in ±√(6 / (fan-in +
 * fan-out)), Glorot and Bengio (2010), eq. 16; biases are 0.
 *
 * @param rng the noise that weights are made of
 * @param device where parameters live
 * @param examples some examples of a field, [N, ...], from which first values may be taken; empty where there are no data,
 *     as when a finished run is opened
 */
public record Initializer(Rng rng, Device device, Function<String, Optional<Tensor>> examples) {
    /** Without examples: for a model whose values are loaded, or that needs none to begin. */
    public Initializer(Rng rng, Device device) {
        this(rng, device, field -> Optional.empty());
    }

    /**
     * Weights of the given shape.
     *
     * @param fanIn from how many inputs an output is made
     * @param fanOut into how many outputs an input goes
     */
    public Tensor weight(double fanIn, double fanOut, long... shape) {
        double bound = Math.sqrt(6.0 / (fanIn + fanOut));
        try (Scope scope = Scope.open("initial weight")) {
            Tensor weight = rng.uniform(Shape.of(shape)).times(2 * bound).minus(bound);
            return scope.keep(weight).requireGradient();
        }
    }

    /** A parameter of N(0, {@code scale}²). */
    public Tensor normal(double scale, long... shape) {
        try (Scope scope = Scope.open("initial weight")) {
            return scope.keep(rng.normal(Shape.of(shape)).times(scale)).requireGradient();
        }
    }

    /** A parameter whose elements are all {@code value}. */
    public Tensor constant(double value, long... shape) {
        return buffer(value, shape).requireGradient();
    }

    /** A tensor whose elements are all {@code value} and which training does not move. */
    public Tensor buffer(double value, long... shape) {
        return Tensor.zeros(device, shape).fill(value);
    }
}
