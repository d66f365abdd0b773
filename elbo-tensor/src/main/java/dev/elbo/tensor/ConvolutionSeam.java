package dev.elbo.tensor;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * y = f(x ⋆ weight + bias) or, transposed, y = f(x ⋆ᵀ weight + bias), f included: each thread computes some of the images, and
 * on the way back their part of the gradients. Images lie channels last, so that neither one convolution nor the next has to
 * rearrange them.
 */
final class ConvolutionSeam extends Seam {
    private static final int X = 1;
    private static final int WEIGHT = 2;
    private static final int BIAS = 3;

    /** x as it is multiplied: channels last, perhaps rounded. */
    private static final int FACTOR = 4;

    private static final long[] ALL_BUT_CHANNELS = {0, 2, 3};

    /** Below so many products, about 10 µs, another thread comes too late. */
    private static final long WORTH_SHARING = 1 << 20;

    private final Convolution convolution;
    private final boolean transposed;
    private final Nonlinearity nonlinearity;

    private ConvolutionSeam(Convolution convolution, boolean transposed, Nonlinearity f, Tensor... tensors) {
        super(tensors);
        this.convolution = convolution;
        this.transposed = transposed;
        this.nonlinearity = f;
    }

    /** y, or nothing unless all are of a kind that is computed here: fitting, real, and on the processor. */
    static Optional<Tensor> apply(Tensor x, Tensor weight, Tensor bias, Convolution convolution, Nonlinearity f) {
        return apply(x, weight, bias, convolution, false, new long[2], f);
    }

    /**
     * The same of the transposed one.
     *
     * @param extra rows and columns of y that the stride leaves undetermined
     */
    static Optional<Tensor> transposed(
            Tensor x, Tensor weight, Tensor bias, Convolution convolution, long[] extra, Nonlinearity f) {
        return apply(x, weight, bias, convolution, true, extra, f);
    }

    private static Optional<Tensor> apply(
            Tensor x,
            Tensor weight,
            Tensor bias,
            Convolution convolution,
            boolean transposed,
            long[] extra,
            Nonlinearity f) {
        if (!fits(x, weight, bias, transposed) || !convolution.isPossible(extra)) {
            return Optional.empty();
        }
        long height = size(convolution, transposed, x.size(2), weight.size(2)) + extra[0];
        long width = size(convolution, transposed, x.size(3), weight.size(3)) + extra[1];
        if (height < 1 || width < 1) {
            return Optional.empty();
        }
        Tensor y = Tensor.emptyChannelsLast(x.dtype(), Shape.of(x.size(0), bias.size(0), height, width));
        boolean differentiable =
                GradientMode.isOn() && (x.requiresGradient() || weight.requiresGradient() || bias.requiresGradient());
        ConvolutionSeam seam;
        try (GradientMode off = GradientMode.off()) {
            Tensor factor = Autocast.isOn(x.device())
                    ? Tensor.emptyChannelsLast(DType.BFLOAT16, x.shape())
                    : new Tensor(channelsLast(x.handle()).detach());
            seam = new ConvolutionSeam(convolution, transposed, f, y, x, weight, bias, factor);
            seam.forward();
        }
        return Optional.of(differentiable ? seam.open() : y);
    }

    private static long size(Convolution convolution, boolean transposed, long size, long kernel) {
        return transposed ? convolution.large(size, kernel) : convolution.small(size, kernel);
    }

    private static boolean fits(Tensor x, Tensor weight, Tensor bias, boolean transposed) {
        DType type = x.dtype();
        return OneDnn.isLoaded()
                && Seams.mayCut()
                && x.device().kind() == Device.Kind.CPU
                && weight.device().equals(x.device())
                && bias.device().equals(x.device())
                && (type == DType.FLOAT32 || type == DType.FLOAT64)
                && is(type, weight, 4)
                && is(type, bias, 1)
                && is(type, x, 4)
                && x.size(1) == weight.size(transposed ? 0 : 1)
                && bias.size(0) == weight.size(transposed ? 1 : 0)
                && x.shape().elements() > 0
                && weight.shape().elements() > 0
                && (!Autocast.isOn(x.device()) || (type == DType.FLOAT32 && OneDnn.isMadeForBfloat16()));
    }

    private static boolean is(DType type, Tensor tensor, int rank) {
        return tensor.dtype() == type && tensor.rank() == rank;
    }

    private int parts() {
        org.bytedeco.pytorch.Tensor small = transposed ? handle(X) : handle(0);
        long products =
                small.size(0) * small.size(2) * small.size(3) * handle(WEIGHT).numel();
        return (int) Math.min(small.size(0), Team.parts(products >= WORTH_SHARING));
    }

    private void forward() {
        boolean rounds = rounds();
        org.bytedeco.pytorch.Tensor factor = handle(FACTOR);
        org.bytedeco.pytorch.Tensor weight = handle(WEIGHT).contiguous();
        org.bytedeco.pytorch.Tensor bias = handle(BIAS).contiguous();
        int parts = parts();
        Team.run(parts, part -> {
            Slice slice = Slice.even(factor.size(0), parts, part);
            org.bytedeco.pytorch.Tensor target = slice.of(handle(0), 0);
            org.bytedeco.pytorch.Tensor source = slice.of(factor, 0);
            if (rounds) {
                source.copy_(slice.of(handle(X), 0));
            }
            if (transposed) {
                convolution.transposedInto(target, source, weight);
                target.add_(bias.view(1, -1, 1, 1));
            } else {
                convolution.into(target, source, weight, bias);
            }
            nonlinearity.apply(target);
        });
    }

    /** Whether factors are BFLOAT16. */
    private boolean rounds() {
        return handle(FACTOR).element_size() != handle(X).element_size();
    }

    private static org.bytedeco.pytorch.Tensor channelsLast(org.bytedeco.pytorch.Tensor images) {
        return images.contiguous(torch.MemoryFormat.ChannelsLast);
    }

    @Override
    void backward(org.bytedeco.pytorch.Tensor gradient) {
        org.bytedeco.pytorch.Tensor x = handle(FACTOR);
        org.bytedeco.pytorch.Tensor arrived = channelsLast(gradient);
        org.bytedeco.pytorch.Tensor weight = handle(WEIGHT).contiguous();
        org.bytedeco.pytorch.@Nullable Tensor ofX =
                needsGradient(X) ? emptyLike(handle(X), torch.MemoryFormat.ChannelsLast) : null;
        int parts = parts();
        org.bytedeco.pytorch.Tensor[] ofWeight = perPart(WEIGHT, parts);
        org.bytedeco.pytorch.Tensor[] ofBias = perPart(BIAS, parts);
        Team.run(parts, part -> {
            Slice slice = Slice.even(x.size(0), parts, part);
            org.bytedeco.pytorch.Tensor inner = innerGradient(slice.of(arrived, 0), slice);
            org.bytedeco.pytorch.Tensor factor = rounds() ? inner.to(torch.ScalarType.BFloat16) : inner;
            if (ofWeight.length > 0) {
                weight(ofWeight[part], slice.of(x, 0), factor);
            }
            if (ofBias.length > 0) {
                torch.sum_out(ofBias[part], inner, ALL_BUT_CHANNELS);
            }
            if (ofX != null) {
                input(slice.of(ofX, 0), factor, weight);
            }
        });
        passSum(WEIGHT, ofWeight);
        passSum(BIAS, ofBias);
        if (ofX != null) {
            pass(X, asLeafLies(ofX));
        }
    }

    /** Room for each part of a parameter's gradient, row by row; nothing if it needs none. */
    private org.bytedeco.pytorch.Tensor[] perPart(int parameter, int parts) {
        org.bytedeco.pytorch.Tensor[] sums = new org.bytedeco.pytorch.Tensor[needsGradient(parameter) ? parts : 0];
        Arrays.setAll(sums, i -> emptyLike(handle(parameter), torch.MemoryFormat.Contiguous));
        return sums;
    }

    private static org.bytedeco.pytorch.Tensor emptyLike(
            org.bytedeco.pytorch.Tensor tensor, torch.MemoryFormat format) {
        return torch.empty_like(tensor, tensor.options(), new MemoryFormatOptional(format));
    }

    /** libtorch wants the gradient of a leaf to lie as the leaf does. */
    private org.bytedeco.pytorch.Tensor asLeafLies(org.bytedeco.pytorch.Tensor ofX) {
        boolean lies = !isPlainLeaf(X) || handle(X).is_contiguous(torch.MemoryFormat.ChannelsLast);
        return lies ? ofX : torch.empty_like(handle(X)).copy_(ofX);
    }

    private void passSum(int parameter, org.bytedeco.pytorch.Tensor[] parts) {
        for (int i = 1; i < parts.length; i++) {
            parts[0].add_(parts[i]);
        }
        if (parts.length > 0) {
            pass(parameter, parts[0]);
        }
    }

    /** The gradient before f. */
    private org.bytedeco.pytorch.Tensor innerGradient(org.bytedeco.pytorch.Tensor arrived, Slice slice) {
        if (nonlinearity == Nonlinearity.NONE) {
            return arrived;
        }
        org.bytedeco.pytorch.Tensor inner = torch.empty_like(arrived);
        nonlinearity.backward(inner, arrived, slice.of(handle(0), 0));
        return inner;
    }

    private void weight(
            org.bytedeco.pytorch.Tensor ofWeight, org.bytedeco.pytorch.Tensor x, org.bytedeco.pytorch.Tensor gradient) {
        if (transposed) {
            convolution.weightInto(ofWeight, gradient, x);
        } else {
            convolution.weightInto(ofWeight, x, gradient);
        }
    }

    private void input(
            org.bytedeco.pytorch.Tensor ofX, org.bytedeco.pytorch.Tensor gradient, org.bytedeco.pytorch.Tensor weight) {
        if (transposed) {
            convolution.into(ofX, gradient, weight, null);
        } else {
            convolution.transposedInto(ofX, gradient, weight);
        }
    }
}
