package dev.elbo.tensor;

import org.bytedeco.pytorch.InferenceMode;

/**
 * Uses a model on this thread: no operation is recorded for {@link Tensor#backward()}, and the tensors that are made can
 * never take part in it, which saves libtorch what it does to make sure: {@code try (Inference use = Inference.begin()) { … }}.
 */
public final class Inference implements AutoCloseable {
    private final InferenceMode guard;

    private Inference(boolean enabled) {
        Backend.start();
        guard = new InferenceMode(enabled);
    }

    /** From now to close. */
    public static Inference begin() {
        return new Inference(true);
    }

    static Inference of(boolean enabled) {
        return new Inference(enabled);
    }

    static boolean isOn() {
        return InferenceMode.is_enabled();
    }

    /** Restores what was before. */
    @Override
    public void close() {
        guard.close();
    }
}
