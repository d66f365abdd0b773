package dev.elbo.tensor.seam;

import dev.elbo.tensor.team.Slice;
import dev.elbo.tensor.team.Team;
import java.util.ArrayList;
import java.util.List;
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

    /** Below so many products, about 10 µs, another thread comes too late. */
    private static final long WORTH_SHARING = 1 << 20;

    /** A use of the surroundings of some steps. */
    interface Use {
        /**
         * Uses them, on one of several threads.
         *
         * @param part which part of the work this is of
         * @param seen the steps that a kernel sees, side by side, [rows, width · C]
         * @param at whose they are
         */
        void of(int part, Tensor seen, Rows at);
    }

    /** Some steps of some sequences; all steps if there are several sequences. */
    record Rows(long sequence, long sequences, long step, long steps) {
        /** [N, T, C] to [sequences · steps, C], a view. */
        Tensor of(Tensor all) {
            return all.narrow(0, sequence, sequences).narrow(1, step, steps).view(sequences * steps, all.size(2));
        }

        long count() {
            return sequences * steps;
        }
    }

    /** In how many parts the work is done. */
    int parts(Tensor x, Tensor kernel) {
        return Team.parts(x.size(0) * x.size(1) * kernel.numel() >= WORTH_SHARING);
    }

    /**
     * Several whole sequences at a time if they are short, or parts of a long one; each thread takes some.
     *
     * @param x [N, T, C], row by row
     */
    void of(Tensor x, int parts, Use use) {
        Tensor wide = padded(x, parts);
        List<Rows> pieces = pieces(x.size(0), x.size(1), parts);
        Team.run(parts, part -> {
            Slice mine = Slice.even(pieces.size(), parts, part);
            if (mine.isEmpty()) {
                return;
            }
            List<Rows> each = pieces.subList((int) mine.from(), (int) (mine.from() + mine.length()));
            long most = each.stream().mapToLong(Rows::count).max().orElseThrow();
            Tensor room = empty(x, most, width * x.size(2));
            for (Rows at : each) {
                try (PointerScope temporaries = new PointerScope()) {
                    Tensor seen = room.narrow(0, 0, at.count());
                    copy(wide, at, seen);
                    use.of(part, seen, at);
                }
            }
        });
    }

    /** With zeros on both ends of each sequence, as far as a kernel reaches. */
    private Tensor padded(Tensor x, int parts) {
        long length = x.size(1);
        Tensor wide = empty(x, x.size(0), length + 2 * reach(), x.size(2));
        Team.run(parts, part -> {
            Slice slice = Slice.even(x.size(0), parts, part);
            if (!slice.isEmpty()) {
                Tensor mine = slice.of(wide, 0);
                mine.narrow(1, 0, reach()).zero_();
                mine.narrow(1, reach(), length).copy_(slice.of(x, 0));
                mine.narrow(1, reach() + length, reach()).zero_();
            }
        });
        return wide;
    }

    private long reach() {
        return dilation * (width / 2);
    }

    private static List<Rows> pieces(long count, long length, int parts) {
        long most = Math.min(STEPS, (count * length + parts - 1) / parts);
        long sequences = Math.min(count, Math.max(1, most / length));
        long steps = Math.min(length, most);
        List<Rows> pieces = new ArrayList<>();
        for (long n = 0; n < count; n += sequences) {
            for (long t = 0; t < length; t += steps) {
                pieces.add(new Rows(n, Math.min(sequences, count - n), t, Math.min(steps, length - t)));
            }
        }
        return pieces;
    }

    private void copy(Tensor wide, Rows at, Tensor seen) {
        long channels = wide.size(2);
        long next = wide.size(1) * channels;
        long first = wide.storage_offset() + at.sequence * next + at.step * channels;
        long[] sizes = {at.sequences, at.steps, width, channels};
        long[] strides = {next, channels, dilation * channels, 1};
        seen.view(sizes).copy_(wide.as_strided(sizes, strides, new LongOptional(first)));
    }

    /** The sum of what each part of the work has added up, in the first of them. */
    static Tensor sum(Tensor... ofParts) {
        for (int part = 1; part < ofParts.length; part++) {
            ofParts[0].add_(ofParts[part]);
        }
        return ofParts[0];
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
