package dev.elbo.tensor;

import dev.elbo.tensor.seam.Joined;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /** An operation whose gradient is ours, or that is none of ours where it gives nothing. */
    interface Operation {
        @Nullable
        Joined apply();
    }

    /** What an operation puts out, with its seam kept by the current scope; nothing if it is none of ours or may not be. */
    static Optional<Tensor> join(Operation operation) {
        Joined joined = mayCut() ? operation.apply() : null;
        return joined == null ? Optional.empty() : Optional.of(join(joined));
    }

    private static Tensor join(Joined joined) {
        Tensor output = new Tensor(joined.output());
        if (joined.seam() != null) {
            Scope.current().add(joined.seam());
        }
        return output;
    }

    /** Restores what was before. */
    @Override
    public void close() {
        OFF.set(before);
    }
}
