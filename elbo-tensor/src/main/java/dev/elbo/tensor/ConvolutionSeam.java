package dev.elbo.tensor;

import java.util.Optional;
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

    /** y, or nothing unless all are of a kind that is computed here: fitting, on the processor, FLOAT32, and not to be rounded. */
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
        if (!fits(x, weight, bias, transposed)) {
            return Optional.empty();
        }
        long height = size(convolution, transposed, x.size(2), weight.size(2)) + extra[0];
        long width = size(convolution, transposed, x.size(3), weight.size(3)) + extra[1];
        if (height < 1 || width < 1) {
            return Optional.empty();
        }
        Tensor y = Tensor.emptyChannelsLast(Shape.of(x.size(0), bias.size(0), height, width));
        boolean differentiable =
                GradientMode.isOn() && (x.requiresGradient() || weight.requiresGradient() || bias.requiresGradient());
        ConvolutionSeam seam = new ConvolutionSeam(convolution, transposed, f, y, x, weight, bias);
        try (GradientMode off = GradientMode.off()) {
            seam.forward();
        }
        return Optional.of(differentiable ? seam.open() : y);
    }

    private static long size(Convolution convolution, boolean transposed, long size, long kernel) {
        return transposed ? convolution.large(size, kernel) : convolution.small(size, kernel);
    }

    private static boolean fits(Tensor x, Tensor weight, Tensor bias, boolean transposed) {
        return x.device().kind() == Device.Kind.CPU
                && isFloat(x, 4)
                && isFloat(weight, 4)
                && isFloat(bias, 1)
                && x.size(1) == weight.size(transposed ? 0 : 1)
                && bias.size(0) == weight.size(transposed ? 1 : 0)
                && x.shape().elements() > 0
                && weight.shape().elements() > 0
                && !Autocast.isOn(x.device())
                && OneDnn.isLoaded();
    }

    private static boolean isFloat(Tensor tensor, int rank) {
        return tensor.dtype() == DType.FLOAT32 && tensor.rank() == rank;
    }

    private int parts() {
        org.bytedeco.pytorch.Tensor small = transposed ? handle(X) : handle(0);
        long products =
                small.size(0) * small.size(2) * small.size(3) * handle(WEIGHT).numel();
        return Team.parts(products >= WORTH_SHARING);
    }

    private void forward() {
        org.bytedeco.pytorch.Tensor x = channelsLast(handle(X));
        org.bytedeco.pytorch.Tensor weight = handle(WEIGHT).contiguous();
        org.bytedeco.pytorch.Tensor bias = handle(BIAS).contiguous();
        Team.share(x.size(0), parts(), slice -> {
            org.bytedeco.pytorch.Tensor target = slice.of(handle(0), 0);
            if (transposed) {
                convolution.transposedInto(target, slice.of(x, 0), weight);
                target.add_(bias.view(1, -1, 1, 1));
            } else {
                convolution.into(target, slice.of(x, 0), weight, bias);
            }
            nonlinearity.apply(target);
        });
    }

    private static org.bytedeco.pytorch.Tensor channelsLast(org.bytedeco.pytorch.Tensor images) {
        return images.contiguous(torch.MemoryFormat.ChannelsLast);
    }

    @Override
    void backward(org.bytedeco.pytorch.Tensor gradient) {
        org.bytedeco.pytorch.Tensor x = channelsLast(handle(X));
        org.bytedeco.pytorch.Tensor arrived = channelsLast(gradient);
        org.bytedeco.pytorch.Tensor weight = handle(WEIGHT).contiguous();
        org.bytedeco.pytorch.@Nullable Tensor ofX = needsGradient(X) ? torch.empty_like(x) : null;
        int parts = parts();
        org.bytedeco.pytorch.Tensor[] ofWeight = new org.bytedeco.pytorch.Tensor[parts];
        org.bytedeco.pytorch.Tensor[] ofBias = new org.bytedeco.pytorch.Tensor[parts];
        for (int i = 0; i < parts; i++) {
            ofWeight[i] = torch.empty_like(weight);
            ofBias[i] = torch.empty_like(handle(BIAS));
        }
        Team.run(parts, part -> {
            Slice slice = Slice.of(x.size(0), parts, part);
            if (slice.isEmpty()) {
                ofWeight[part].zero_();
                ofBias[part].zero_();
                return;
            }
            org.bytedeco.pytorch.Tensor inner = innerGradient(slice.of(arrived, 0), slice);
            parameters(ofWeight[part], ofBias[part], slice.of(x, 0), inner);
            if (ofX != null) {
                input(slice.of(ofX, 0), inner, weight);
            }
        });
        for (int i = 0; i < parts; i++) {
            pass(WEIGHT, ofWeight[i]);
            pass(BIAS, ofBias[i]);
        }
        if (ofX != null) {
            pass(X, ofX);
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

    private void parameters(
            org.bytedeco.pytorch.Tensor ofWeight,
            org.bytedeco.pytorch.Tensor ofBias,
            org.bytedeco.pytorch.Tensor x,
            org.bytedeco.pytorch.Tensor gradient) {
        if (transposed) {
            convolution.weightInto(ofWeight, null, gradient, x);
            torch.sum_out(ofBias, gradient, ALL_BUT_CHANNELS);
        } else {
            convolution.weightInto(ofWeight, ofBias, x, gradient);
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
