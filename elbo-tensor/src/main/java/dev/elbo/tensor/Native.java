package dev.elbo.tensor;

/**
 * The one door to libtorch's side of a tensor, for the packages within {@code dev.elbo.tensor} that are built on tensors:
 * internal, and closed to everything else by a test of the borders.
 */
public final class Native {
    private Native() {}

    /**
     * The handle of libtorch's, which lives as long as the tensor.
     *
     * @throws IllegalStateException if the tensor was freed
     */
    public static org.bytedeco.pytorch.Tensor handle(Tensor tensor) {
        return tensor.handle();
    }
}
