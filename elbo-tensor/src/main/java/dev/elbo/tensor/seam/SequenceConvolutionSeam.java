package dev.elbo.tensor.seam;

import dev.elbo.tensor.onednn.MatrixProduct;
import dev.elbo.tensor.team.Slice;
import dev.elbo.tensor.team.Team;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * y = x ⋆ weight + bias along sequences of which a step's channels lie side by side, [N, T, in] → [N, T, out], zeros beyond both ends.
 *
 * <p>The steps that a kernel sees are copied side by side, so that a product of matrices is left; but for some hundred steps at a time,
 * which stay in the cache and are forgotten. Gradients are two products of what a kernel sees of the gradient of y: with the weight for
 * x, and with x for the weight.
 */
public final class SequenceConvolutionSeam extends Seam {
    private static final int X = 1;
    private static final int WEIGHT = 2;
    private static final int BIAS = 3;

    /** x, row by row. */
    private static final int FACTOR = 4;

    /** Steps whose surroundings are copied at a time. */
    private static final long STEPS = 512;

    /** Below so many products, about 10 µs, another thread comes too late. */
    private static final long WORTH_SHARING = 1 << 20;

    private final long dilation;

    private SequenceConvolutionSeam(long dilation, Tensor output, Operand... inputs) {
        super(output, inputs);
        this.dilation = dilation;
    }

    /**
     * y, or nothing unless all are of a kind that is computed here: fitting, of one real type, and on the processor.
     *
     * @param weight [out, in, width], the width odd
     */
    public static @Nullable Joined apply(Operand x, Operand weight, Operand bias, long dilation) {
        if (!fits(x, weight, bias)) {
            return null;
        }
        boolean differentiable =
                GradMode.is_enabled() && (x.requiresGradient() || weight.requiresGradient() || bias.requiresGradient());
        Tensor y = empty(x.handle(), x.size(0), x.size(1), bias.size(0));
        try (NoGradients off = new NoGradients()) {
            Operand factor = Operand.kept(x.handle().contiguous().detach());
            SequenceConvolutionSeam seam = new SequenceConvolutionSeam(dilation, y, x, weight, bias, factor);
            seam.forward();
            if (!differentiable) {
                factor.free();
            }
            return seam.joined(differentiable);
        }
    }

    private static boolean fits(Operand x, Operand weight, Operand bias) {
        return x.isReal()
                && x.isOnProcessor()
                && !x.isAutocast()
                && x.isLike(weight)
                && x.isLike(bias)
                && x.rank() == 3
                && weight.rank() == 3
                && bias.rank() == 1
                && x.size(2) == weight.size(1)
                && bias.size(0) == weight.size(0)
                && x.handle().numel() > 0
                && weight.handle().numel() > 0;
    }

    private static Tensor empty(Tensor like, long... sizes) {
        return torch.torch_empty(sizes, like.options(), new MemoryFormatOptional());
    }

    private int parts() {
        Tensor x = handle(X);
        long products = x.size(0) * x.size(1) * handle(WEIGHT).numel();
        return (int) Math.min(x.size(0), Team.parts(products >= WORTH_SHARING));
    }

    private void forward() {
        Tensor x = handle(FACTOR);
        Tensor bias = handle(BIAS).contiguous();
        Tensor weight = handle(WEIGHT).permute(2, 1, 0).contiguous().flatten(0, 1); // [width · in, out]
        int parts = parts();
        Team.run(parts, part -> {
            Slice slice = Slice.even(x.size(0), parts, part);
            Tensor y = slice.of(handle(0), 0);
            surroundings(slice.of(x, 0), (seen, at) -> MatrixProduct.into(at.of(y), seen, weight, bias));
        });
    }

    @Override
    void backward(Tensor gradient) {
        Tensor x = handle(FACTOR);
        Tensor arrived = gradient.contiguous();
        // what a step of x has contributed to comes from the other side
        Tensor flipped = handle(WEIGHT).flip(2).permute(2, 0, 1).contiguous().flatten(0, 1); // [width · out, in]
        @Nullable Tensor ofX = needsGradient(X) ? torch.empty_like(x) : null;
        int parts = parts();
        Tensor[] ofWeight = new Tensor[needsGradient(WEIGHT) ? parts : 0];
        Arrays.setAll(ofWeight, part -> torch.zeros_like(flipped));
        Team.run(parts, part -> {
            Slice slice = Slice.even(x.size(0), parts, part);
            Tensor source = slice.of(x, 0);
            @Nullable Tensor target = ofX == null ? null : slice.of(ofX, 0);
            surroundings(slice.of(arrived, 0), (seen, at) -> {
                if (ofWeight.length > 0) {
                    MatrixProduct.addTo(ofWeight[part], seen.t(), at.of(source));
                }
                if (target != null) {
                    MatrixProduct.into(at.of(target), seen, flipped);
                }
            });
        });
        if (ofWeight.length > 0) {
            for (int i = 1; i < parts; i++) {
                ofWeight[0].add_(ofWeight[i]);
            }
            Tensor weight = handle(WEIGHT);
            Tensor sum = ofWeight[0].view(weight.size(2), weight.size(0), weight.size(1));
            pass(WEIGHT, sum.permute(1, 2, 0).flip(2).contiguous());
        }
        if (needsGradient(BIAS)) {
            pass(BIAS, arrived.sum(new long[] {0, 1}));
        }
        if (ofX != null) {
            pass(X, ofX);
        }
    }

    /** What is to be done with the surroundings of some steps. */
    private interface Use {
        /**
         * Uses them.
         *
         * @param seen the steps that a kernel sees, side by side, [rows, width · C]
         * @param at whose they are
         */
        void of(Tensor seen, Rows at);
    }

    /** Some steps of some sequences, which lie one after the other. */
    private record Rows(long sequence, long sequences, long step, long steps) {
        /** [N, T, C] to [sequences · steps, C], a view. */
        Tensor of(Tensor sequencesOfSteps) {
            return sequencesOfSteps
                    .narrow(0, sequence, sequences)
                    .narrow(1, step, steps)
                    .view(sequences * steps, sequencesOfSteps.size(2));
        }
    }

    /** Whole sequences as long as they are short, or parts of one, in turn. */
    private void surroundings(Tensor x, Use use) {
        long count = x.size(0);
        long length = x.size(1);
        long width = handle(WEIGHT).size(2);
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
                    Tensor seen = room.narrow(0, 0, at.sequences * at.steps);
                    Tensor source = wide.narrow(0, n, 1).narrow(1, t, 1);
                    seen.view(at.sequences, at.steps, width, channels)
                            .copy_(source.as_strided(
                                    new long[] {at.sequences, at.steps, width, channels},
                                    strides,
                                    new LongOptional(source.storage_offset())));
                    use.of(seen, at);
                }
            }
        }
    }
}
