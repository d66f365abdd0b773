package dev.elbo.tensor.seam;

import dev.elbo.tensor.onednn.Convolution;
import dev.elbo.tensor.onednn.OneDnn;
import dev.elbo.tensor.team.Slice;
import dev.elbo.tensor.team.Team;
import java.util.Arrays;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * y = f(x ⋆ weight + bias) or, transposed, y = f(x ⋆ᵀ weight + bias), f included: each thread computes some of the images, and
 * on the way back their part of the gradients. Images lie channels last, so that neither one convolution nor the next has to
 * rearrange them.
 */
public final class ConvolutionSeam extends Seam {
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
    private final Activation activation;

    private ConvolutionSeam(
            Convolution convolution, boolean transposed, Activation activation, Tensor output, Operand... inputs) {
        super(output, inputs);
        this.convolution = convolution;
        this.transposed = transposed;
        this.activation = activation;
    }

    /** y, or nothing unless all are of a kind that is computed here: fitting, real, and on the processor. */
    public static @Nullable Joined apply(
            Operand x, Operand weight, Operand bias, Convolution convolution, Activation activation) {
        return apply(x, weight, bias, convolution, false, new long[2], activation);
    }

    /**
     * The same of the transposed one.
     *
     * @param extra rows and columns of y that the stride leaves undetermined
     */
    public static @Nullable Joined transposed(
            Operand x, Operand weight, Operand bias, Convolution convolution, long[] extra, Activation activation) {
        return apply(x, weight, bias, convolution, true, extra, activation);
    }

    private static @Nullable Joined apply(
            Operand x,
            Operand weight,
            Operand bias,
            Convolution convolution,
            boolean transposed,
            long[] extra,
            Activation activation) {
        if (!fits(x, weight, bias, transposed) || !convolution.isPossible(extra)) {
            return null;
        }
        long height = size(convolution, transposed, x.size(2), weight.size(2)) + extra[0];
        long width = size(convolution, transposed, x.size(3), weight.size(3)) + extra[1];
        if (height < 1 || width < 1) {
            return null;
        }
        long[] sizes = {x.size(0), bias.size(0), height, width};
        boolean differentiable =
                GradMode.is_enabled() && (x.requiresGradient() || weight.requiresGradient() || bias.requiresGradient());
        Tensor y = emptyChannelsLast(sizes, x.handle().options());
        try (NoGradients off = new NoGradients()) {
            Operand factor = Operand.kept(
                    x.isAutocast() ? emptyRounded(x) : channelsLast(x.handle()).detach());
            ConvolutionSeam seam = new ConvolutionSeam(convolution, transposed, activation, y, x, weight, bias, factor);
            seam.forward();
            if (!differentiable) {
                factor.free();
            }
            return seam.joined(differentiable);
        }
    }

    private static Tensor emptyRounded(Operand x) {
        return emptyChannelsLast(
                x.sizes(), x.handle().options().dtype(new ScalarTypeOptional(torch.ScalarType.BFloat16)));
    }

    private static Tensor emptyChannelsLast(long[] sizes, TensorOptions options) {
        return torch.torch_empty(sizes, options, new MemoryFormatOptional(torch.MemoryFormat.ChannelsLast));
    }

    private static long size(Convolution convolution, boolean transposed, long size, long kernel) {
        return transposed ? convolution.large(size, kernel) : convolution.small(size, kernel);
    }

    private static boolean fits(Operand x, Operand weight, Operand bias, boolean transposed) {
        return OneDnn.isLoaded()
                && x.isReal()
                && x.isOnProcessor()
                && x.isLike(weight)
                && x.isLike(bias)
                && x.rank() == 4
                && weight.rank() == 4
                && bias.rank() == 1
                && x.size(1) == weight.size(transposed ? 0 : 1)
                && bias.size(0) == weight.size(transposed ? 1 : 0)
                && x.handle().numel() > 0
                && weight.handle().numel() > 0
                && (!x.isAutocast() || (x.isFloat32() && OneDnn.isMadeForBfloat16()));
    }

    private int parts() {
        Tensor small = transposed ? handle(X) : handle(0);
        long products =
                small.size(0) * small.size(2) * small.size(3) * handle(WEIGHT).numel();
        return (int) Math.min(small.size(0), Team.parts(products >= WORTH_SHARING));
    }

    private void forward() {
        boolean rounds = rounds();
        Tensor factor = handle(FACTOR);
        Tensor weight = handle(WEIGHT).contiguous();
        Tensor bias = handle(BIAS).contiguous();
        int parts = parts();
        Team.run(parts, part -> {
            Slice slice = Slice.even(factor.size(0), parts, part);
            Tensor target = slice.of(handle(0), 0);
            Tensor source = slice.of(factor, 0);
            if (rounds) {
                source.copy_(slice.of(handle(X), 0));
            }
            if (transposed) {
                convolution.transposedInto(target, source, weight);
                target.add_(bias.view(1, -1, 1, 1));
            } else {
                convolution.into(target, source, weight, bias);
            }
            activation.apply(target);
        });
    }

    /** Whether factors are BFLOAT16. */
    private boolean rounds() {
        return handle(FACTOR).element_size() != handle(X).element_size();
    }

    private static Tensor channelsLast(Tensor images) {
        return images.contiguous(torch.MemoryFormat.ChannelsLast);
    }

    @Override
    void backward(Tensor gradient) {
        Tensor x = handle(FACTOR);
        Tensor arrived = channelsLast(gradient);
        Tensor weight = handle(WEIGHT).contiguous();
        @Nullable Tensor ofX = needsGradient(X) ? emptyLike(handle(X), torch.MemoryFormat.ChannelsLast) : null;
        int parts = parts();
        Tensor[] ofWeight = perPart(WEIGHT, parts);
        Tensor[] ofBias = perPart(BIAS, parts);
        Team.run(parts, part -> {
            Slice slice = Slice.even(x.size(0), parts, part);
            Tensor inner = innerGradient(slice.of(arrived, 0), slice);
            Tensor factor = rounds() ? inner.to(torch.ScalarType.BFloat16) : inner;
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
    private Tensor[] perPart(int parameter, int parts) {
        Tensor[] sums = new Tensor[needsGradient(parameter) ? parts : 0];
        Arrays.setAll(sums, i -> emptyLike(handle(parameter), torch.MemoryFormat.Contiguous));
        return sums;
    }

    private static Tensor emptyLike(Tensor tensor, torch.MemoryFormat format) {
        return torch.empty_like(tensor, tensor.options(), new MemoryFormatOptional(format));
    }

    /** libtorch wants the gradient of a leaf to lie as the leaf does. */
    private Tensor asLeafLies(Tensor ofX) {
        boolean lies = !isPlainLeaf(X) || handle(X).is_contiguous(torch.MemoryFormat.ChannelsLast);
        return lies ? ofX : torch.empty_like(handle(X)).copy_(ofX);
    }

    private void passSum(int parameter, Tensor[] parts) {
        for (int i = 1; i < parts.length; i++) {
            parts[0].add_(parts[i]);
        }
        if (parts.length > 0) {
            pass(parameter, parts[0]);
        }
    }

    /** The gradient before f. */
    private Tensor innerGradient(Tensor arrived, Slice slice) {
        if (activation == Activation.NONE) {
            return arrived;
        }
        Tensor inner = torch.empty_like(arrived);
        activation.backward(inner, arrived, slice.of(handle(0), 0));
        return inner;
    }

    private void weight(Tensor ofWeight, Tensor x, Tensor gradient) {
        if (transposed) {
            convolution.weightInto(ofWeight, gradient, x);
        } else {
            convolution.weightInto(ofWeight, x, gradient);
        }
    }

    private void input(Tensor ofX, Tensor gradient, Tensor weight) {
        if (transposed) {
            convolution.into(ofX, gradient, weight, null);
        } else {
            convolution.transposedInto(ofX, gradient, weight);
        }
    }
}
