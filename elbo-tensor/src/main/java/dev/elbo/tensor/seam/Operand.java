package dev.elbo.tensor.seam;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What an operation is applied to, as it is seen from here. Its {@code toString()} names it to whoever made it. */
public abstract class Operand {
    private final Tensor handle;

    /** A tensor of libtorch's, which outlives this. */
    protected Operand(Tensor handle) {
        this.handle = handle;
    }

    /** What an operation keeps for the way back. */
    static Operand kept(Tensor handle) {
        return new Operand(handle) {
            @Override
            protected boolean isHooked() {
                return false;
            }

            @Override
            public String toString() {
                return "what an operation keeps for its gradient";
            }
        };
    }

    /** Frees its memory now: no gradient will need it. */
    final void free() {
        handle.close();
    }

    /** Whether something has its say in the gradient that arrives here; asked when one does. */
    protected abstract boolean isHooked();

    final Tensor handle() {
        return handle;
    }

    final int rank() {
        return (int) handle.dim();
    }

    final long size(int dim) {
        return handle.size(dim);
    }

    final long[] sizes() {
        return sizes(handle);
    }

    static long[] sizes(Tensor tensor) {
        long[] sizes = new long[(int) tensor.dim()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = tensor.size(i);
        }
        return sizes;
    }

    final boolean requiresGradient() {
        return handle.requires_grad();
    }

    /** Whether elements are FLOAT32 or FLOAT64. */
    final boolean isReal() {
        return handle.is_floating_point() && handle.element_size() >= Float.BYTES;
    }

    final boolean isFloat32() {
        return handle.is_floating_point() && handle.element_size() == Float.BYTES;
    }

    final boolean isOnProcessor() {
        return !handle.is_cuda();
    }

    /** Whether another one, of real numbers as this, is of the same type and on the same device. */
    final boolean isLike(Operand other) {
        return other.handle.is_floating_point()
                && other.handle.element_size() == handle.element_size()
                && other.handle.is_cuda() == handle.is_cuda()
                && (isOnProcessor()
                        || other.handle.device().index() == handle.device().index());
    }

    /** Whether matrix products of this thread are to be in BFLOAT16. */
    final boolean isAutocast() {
        return torch.is_autocast_enabled(isOnProcessor() ? torch.DeviceType.CPU : torch.DeviceType.CUDA);
    }
}
