package dev.elbo.tensor.seam;

import dev.elbo.tensor.onednn.MatrixProduct;
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

    private void forward() {
        Tensor x = handle(FACTOR);
        Tensor y = handle(0);
        Tensor bias = handle(BIAS).contiguous();
        Tensor weight = Surroundings.forward(handle(WEIGHT));
        surroundings.of(x, surroundings.parts(x, weight), (part, seen, at) -> {
            MatrixProduct.into(at.of(y), seen, weight, bias);
        });
    }

    @Override
    void backward(Tensor gradient) {
        Tensor x = handle(FACTOR);
        Tensor arrived = gradient.contiguous();
        Tensor weight = Surroundings.backward(handle(WEIGHT));
        @Nullable Tensor ofX = needsGradient(X) ? torch.empty_like(x) : null;
        int parts = surroundings.parts(x, weight);
        Tensor[] ofWeight = new Tensor[needsGradient(WEIGHT) ? parts : 0];
        Arrays.setAll(ofWeight, part -> torch.zeros_like(weight));
        surroundings.of(arrived, parts, (part, seen, at) -> {
            if (ofWeight.length > 0) {
                MatrixProduct.addTo(ofWeight[part], seen.t(), at.of(x));
            }
            if (ofX != null) {
                MatrixProduct.into(at.of(ofX), seen, weight);
            }
        });
        if (ofWeight.length > 0) {
            pass(WEIGHT, Surroundings.ofKernel(Surroundings.sum(ofWeight), handle(WEIGHT)));
        }
        if (needsGradient(BIAS)) {
            pass(BIAS, arrived.sum(new long[] {0, 1}));
        }
        if (ofX != null) {
            pass(X, ofX);
        }
    }
}
