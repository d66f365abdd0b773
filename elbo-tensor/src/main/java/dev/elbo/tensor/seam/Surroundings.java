package dev.elbo.tensor.seam;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The steps of sequences that a kernel sees, copied side by side, so that a convolution is a product of matrices: for some hundred steps
 * at a time, which stay in the cache and are forgotten. Beyond both ends of a sequence there are zeros.
 *
 * @param width steps that the kernel sees, odd
 * @param dilation steps from one that it sees to the next; 1 if it sees all
 */
record Surroundings(long width, long dilation) {
    /** Steps whose surroundings are copied at a time. */
    private static final long STEPS = 512;

    /** What is to be done with the surroundings of some steps. */
    interface Use {
        /**
         * Uses them.
         *
         * @param seen the steps that a kernel sees, side by side, [rows, width · C]
         * @param at whose they are
         */
        void of(Tensor seen, Rows at);
    }

    /** Some steps of some sequences; all steps if there are several sequences. */
    record Rows(long sequence, long sequences, long step, long steps) {
        /** [N, T, C] to [sequences · steps, C], a view. */
        Tensor of(Tensor all) {
            return all.narrow(0, sequence, sequences).narrow(1, step, steps).view(sequences * steps, all.size(2));
        }
    }

    /**
     * Several whole sequences at a time if they are short, or parts of a long one.
     *
     * @param x [N, T, C], row by row
     */
    void of(Tensor x, Use use) {
        long count = x.size(0);
        long length = x.size(1);
        long channels = x.size(2);
        long reach = dilation * (width / 2);
        long padded = length + 2 * reach;
        Tensor wide = empty(x, count, padded, channels);
        wide.narrow(1, 0, reach).zero_();
        wide.narrow(1, reach, length).copy_(x);
        wide.narrow(1, reach + length, reach).zero_();
        long sequences = Math.min(count, Math.max(1, STEPS / length));
        long steps = Math.min(length, STEPS);
        Tensor room = empty(x, sequences * steps, width * channels);
        long[] strides = {padded * channels, channels, dilation * channels, 1};
        for (long n = 0; n < count; n += sequences) {
            for (long t = 0; t < length; t += steps) {
                try (PointerScope temporaries = new PointerScope()) {
                    Rows at = new Rows(n, Math.min(sequences, count - n), t, Math.min(steps, length - t));
                    long first = wide.storage_offset() + (n * padded + t) * channels;
                    Tensor seen = room.narrow(0, 0, at.sequences * at.steps);
                    long[] sizes = {at.sequences, at.steps, width, channels};
                    seen.view(sizes).copy_(wide.as_strided(sizes, strides, new LongOptional(first)));
                    use.of(seen, at);
                }
            }
        }
    }

    static Tensor empty(Tensor like, long... sizes) {
        return torch.torch_empty(sizes, like.options(), new MemoryFormatOptional());
    }

    /** A kernel [out, in, width] as it is multiplied by what it sees, [width · in, out]. */
    static Tensor forward(Tensor kernel) {
        return kernel.permute(2, 1, 0).contiguous().flatten(0, 1);
    }

    /** A kernel as it is multiplied by what it sees of the gradient: what a step has contributed to comes from the other side. */
    static Tensor backward(Tensor kernel) {
        return kernel.flip(2).permute(2, 0, 1).contiguous().flatten(0, 1); // [width · out, in]
    }

    /** The gradient of a kernel from that of {@link #backward(Tensor)}. */
    static Tensor ofKernel(Tensor gradient, Tensor kernel) {
        return gradient.view(kernel.size(2), kernel.size(0), kernel.size(1))
                .permute(1, 2, 0)
                .flip(2)
                .contiguous();
    }
}
