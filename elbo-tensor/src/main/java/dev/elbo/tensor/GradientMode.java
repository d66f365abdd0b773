package dev.elbo.tensor;

import org.bytedeco.pytorch.GradMode;

/**
 * Switches the recording of operations for {@link Tensor#backward()} off for this thread:
 * {@code try (GradientMode off = GradientMode.off()) { … }}.
 */
public final class GradientMode implements AutoCloseable {
    private final boolean before;

    private GradientMode(boolean enabled) {
        Backend.start();
        before = GradMode.is_enabled();
        GradMode.set_enabled(enabled);
    }

    /** No gradients until closed: for evaluation, and for updates of parameters. */
    public static GradientMode off() {
        return new GradientMode(false);
    }

    /** Gradients until closed, also where they are off: for a figure that is made of gradients. */
    public static GradientMode on() {
        return new GradientMode(true);
    }

    static GradientMode of(boolean enabled) {
        return new GradientMode(enabled);
    }

    public static boolean isOn() {
        return GradMode.is_enabled();
    }

    /** Restores what was before. */
    @Override
    public void close() {
        GradMode.set_enabled(before);
    }
}
