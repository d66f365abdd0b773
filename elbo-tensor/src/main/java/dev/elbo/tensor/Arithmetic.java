package dev.elbo.tensor;

import org.jspecify.annotations.Nullable;

/**
 * How many floating-point operations the matrix products and convolutions take that this thread asks for while it is open, and
 * those by which gradients of their factors will be computed: two for each pair of numbers that is multiplied and added up. What
 * is done element by element is not counted.
 *
 * <pre>{@code
 * try (Arithmetic count = Arithmetic.begin()) {
 *     Tensor loss = objective.loss(model, batch, step).total();
 *     double ofStep = count.operations();
 * }
 * }</pre>
 */
public final class Arithmetic implements AutoCloseable {
    private static final ThreadLocal<@Nullable Arithmetic> OPEN = new ThreadLocal<>();
    private static final double PER_PAIR = 2;

    private final @Nullable Arithmetic before = OPEN.get();
    private double operations;

    private Arithmetic() {
        OPEN.set(this);
    }

    /** Counts until closed; one within another has the count alone. */
    public static Arithmetic begin() {
        return new Arithmetic();
    }

    /** How many there were so far. */
    public double operations() {
        return operations;
    }

    /**
     * Counts a product, and one as large for the gradient of each factor that needs one.
     *
     * @param pairs of numbers that are multiplied and added up
     */
    static void count(double pairs, Tensor left, Tensor right) {
        Arithmetic count = OPEN.get();
        if (count != null) {
            boolean learns = GradientMode.isOn();
            int gradients = (learns && left.requiresGradient() ? 1 : 0) + (learns && right.requiresGradient() ? 1 : 0);
            count.operations += PER_PAIR * pairs * (1 + gradients);
        }
    }

    /**
     * Counts a convolution.
     *
     * @param small images of fewer places: what a convolution makes, or a transposed one is made of
     * @param kernel whose first size are the channels of {@code small}
     */
    static void countConvolution(Tensor small, Tensor x, Tensor kernel) {
        count((double) small.shape().elements() * kernel.shape().elements() / Math.max(1, kernel.size(0)), x, kernel);
    }

    @Override
    public void close() {
        OPEN.set(before);
    }
}
