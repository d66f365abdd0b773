package dev.elbo.tensor.seam;

import org.bytedeco.pytorch.GradMode;

/** Keeps what is computed on this thread out of libtorch's graph, until closed. */
final class NoGradients implements AutoCloseable {
    private final boolean before = GradMode.is_enabled();

    NoGradients() {
        GradMode.set_enabled(false);
    }

    @Override
    public void close() {
        GradMode.set_enabled(before);
    }
}
