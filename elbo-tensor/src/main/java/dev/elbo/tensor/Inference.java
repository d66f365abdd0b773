package dev.elbo.tensor;

import org.bytedeco.pytorch.InferenceMode;

/**
 * Uses a model on this thread: no operation is recorded for {@link Tensor#backward()}, and the tensors that are made can
 * never take part in it, which saves libtorch what it does to make sure: {@code try (Inference use = Inference.begin()) { … }}.
 */
public final class Inference implements AutoCloseable {
    private final InferenceMode guard;

    private Inference() {
        Backend.start();
        guard = new InferenceMode(true);
    }

    /** From now to close. */
    public static Inference begin() {
        return new Inference();
    }

    /** Restores what was before. */
    @Override
    public void close() {
        guard.close();
    }
}
