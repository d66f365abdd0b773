package dev.elbo.nn;

import dev.elbo.tensor.DType;
import dev.elbo.tensor.Device;
import dev.elbo.tensor.Rng;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;
import java.util.List;

/** Layers of flows in FLOAT64, away from where they start. */
public final class Flows {
    private static final int HIDDEN = 7;
    private static final int CONTEXTS = 2;

    private Flows() {}

    /** A coupling of D dimensions. */
    public static Coupling coupling(int dims, boolean movesUpper, Rng rng) {
        int moved = movesUpper ? dims - dims / 2 : dims / 2;
        Layer network = new Sequential(
                List.of(linear(dims - moved, HIDDEN, rng), Activation.TANH, linear(HIDDEN, 2 * moved, rng)));
        return new Coupling(network, movesUpper);
    }

    /** A step of D dimensions with a context of two. */
    public static AutoregressiveStep step(int dims, boolean fromLast, Rng rng) {
        AutoregressiveStep start =
                AutoregressiveStep.of(dims, CONTEXTS, HIDDEN, fromLast, new Initializer(rng, Device.CPU));
        return new AutoregressiveStep(masked(start.hidden(), rng), masked(start.output(), rng));
    }

    /** A layer of D dimensions. */
    public static AutoregressiveLayer layer(int dims, boolean fromLast, Rng rng) {
        AutoregressiveLayer start = AutoregressiveLayer.of(dims, HIDDEN, fromLast, new Initializer(rng, Device.CPU));
        return new AutoregressiveLayer(masked(start.hidden(), rng), masked(start.output(), rng), fromLast);
    }

    private static MaskedLinear masked(MaskedLinear layer, Rng rng) {
        Shape weight = layer.weight().shape();
        return new MaskedLinear(
                normal(weight, rng),
                normal(layer.bias().shape(), rng),
                layer.mask().to(DType.FLOAT64));
    }

    private static Linear linear(int in, int out, Rng rng) {
        return new Linear(normal(Shape.of(out, in), rng), normal(Shape.of(out), rng));
    }

    private static Tensor normal(Shape shape, Rng rng) {
        return rng.normal(shape).times(0.7).to(DType.FLOAT64).requireGradient();
    }
}
