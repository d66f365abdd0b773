package dev.elbo.tensor;

/**
 * Leaves the gradients of this thread's operations to libtorch, as far as they are computed by gradients of our own
 * otherwise: {@code try (Seams off = Seams.off()) { … }}. Those are faster, and have no gradients in turn: whoever wants the
 * gradient of a gradient computes forwards under this.
 *
 * <pre>{@code
 * Tensor x = interpolated.detach().requireGradient();
 * Tensor score;
 * try (Seams off = Seams.off()) {
 *     score = critic.forward(x, pass).sum();
 * }
 * Tensor slope = score.gradients(List.of(x), true).get(0);
 * slope.square().sum(1).sqrt().minus(1).square().mean().backward();
 * }</pre>
 */
public final class Seams implements AutoCloseable {
    private static final ThreadLocal<Boolean> OFF = ThreadLocal.withInitial(() -> false);

    private final boolean before;

    private Seams(boolean off) {
        before = OFF.get();
        OFF.set(off);
    }

    /** None until closed. */
    public static Seams off() {
        return new Seams(true);
    }

    static Seams as(boolean off) {
        return new Seams(off);
    }

    static boolean areOff() {
        return OFF.get();
    }

    /** Whether an operation may cut the graph: there is none without gradients. */
    static boolean mayCut() {
        return !OFF.get() || !GradientMode.isOn();
    }

    /** Restores what was before. */
    @Override
    public void close() {
        OFF.set(before);
    }
}
