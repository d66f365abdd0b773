package dev.elbo.tensor.seam;

import dev.elbo.tensor.onednn.MatrixProduct;
import dev.elbo.tensor.team.Slice;
import dev.elbo.tensor.team.Team;
import java.util.Arrays;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * y = x ⋆ weight + bias along sequences of which a step's channels lie side by side, [N, T, in] → [N, T, out], zeros beyond both ends.
 *
 * <p>Gradients are two products of what a kernel sees of the gradient of y: with the weight for x, and with x for the weight.
 */
public final class SequenceConvolutionSeam extends Seam {
    private static final int X = 1;
    private static final int WEIGHT = 2;
    private static final int BIAS = 3;

    /** x, row by row. */
    private static final int FACTOR = 4;

    /** Below so many products, about 10 µs, another thread comes too late. */
    private static final long WORTH_SHARING = 1 << 20;

    private final Surroundings surroundings;

    private SequenceConvolutionSeam(Surroundings surroundings, Tensor output, Operand... inputs) {
        super(output, inputs);
        this.surroundings = surroundings;
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
        Tensor y = Surroundings.empty(x.handle(), x.size(0), x.size(1), bias.size(0));
        try (NoGradients off = new NoGradients()) {
            Operand factor = Operand.kept(x.handle().contiguous().detach());
            Surroundings surroundings = new Surroundings(weight.size(2), dilation);
            SequenceConvolutionSeam seam = new SequenceConvolutionSeam(surroundings, y, x, weight, bias, factor);
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

    private int parts() {
        Tensor x = handle(X);
        long products = x.size(0) * x.size(1) * handle(WEIGHT).numel();
        return (int) Math.min(x.size(0), Team.parts(products >= WORTH_SHARING));
    }

    private void forward() {
        Tensor x = handle(FACTOR);
        Tensor bias = handle(BIAS).contiguous();
        Tensor weight = Surroundings.forward(handle(WEIGHT));
        int parts = parts();
        Team.run(parts, part -> {
            Slice slice = Slice.even(x.size(0), parts, part);
            Tensor y = slice.of(handle(0), 0);
            surroundings.of(slice.of(x, 0), (seen, at) -> MatrixProduct.into(at.of(y), seen, weight, bias));
        });
    }

    @Override
    void backward(Tensor gradient) {
        Tensor x = handle(FACTOR);
        Tensor arrived = gradient.contiguous();
        Tensor flipped = Surroundings.backward(handle(WEIGHT));
        @Nullable Tensor ofX = needsGradient(X) ? torch.empty_like(x) : null;
        int parts = parts();
        Tensor[] ofWeight = new Tensor[needsGradient(WEIGHT) ? parts : 0];
        Arrays.setAll(ofWeight, part -> torch.zeros_like(flipped));
        Team.run(parts, part -> {
            Slice slice = Slice.even(x.size(0), parts, part);
            Tensor source = slice.of(x, 0);
            @Nullable Tensor target = ofX == null ? null : slice.of(ofX, 0);
            surroundings.of(slice.of(arrived, 0), (seen, at) -> {
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
            pass(WEIGHT, Surroundings.ofKernel(ofWeight[0], handle(WEIGHT)));
        }
        if (needsGradient(BIAS)) {
            pass(BIAS, arrived.sum(new long[] {0, 1}));
        }
        if (ofX != null) {
            pass(X, ofX);
        }
    }
}
