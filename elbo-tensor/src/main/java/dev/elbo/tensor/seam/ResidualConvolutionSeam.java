package dev.elbo.tensor.seam;

import dev.elbo.tensor.onednn.MatrixProduct;
import dev.elbo.tensor.team.Slice;
import dev.elbo.tensor.team.Team;
import java.util.Arrays;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * y = x + gelu(n ⋆ kernel + bias) · mixᵀ + bias, n = mask · norm(x), along sequences of which a step's channels lie side by side,
 * [N, T, C]: each thread does all of this for some of the sequences, and on the way back their part of the gradients.
 *
 * <p>What it keeps for the way back: x, n, and what goes into gelu.
 */
public final class ResidualConvolutionSeam extends Seam {
    private static final int X = 1;
    private static final int MASK = 2;
    private static final int NORM_WEIGHT = 3;
    private static final int NORM_BIAS = 4;
    private static final int KERNEL = 5;
    private static final int KERNEL_BIAS = 6;
    private static final int MIX = 7;
    private static final int MIX_BIAS = 8;

    /** x, row by row. */
    private static final int ROWS = 9;

    private static final int NORMALISED = 10;
    private static final int MEAN = 11;
    private static final int INVERSE_DEVIATION = 12;
    private static final int INNER = 13;

    private static final int PARAMETERS = 6;

    /** Below so many products, about 10 µs, another thread comes too late. */
    private static final long WORTH_SHARING = 1 << 20;

    private static final long[] BUT_CHANNELS = {0, 1};

    private final Surroundings surroundings;
    private final double epsilon;

    private ResidualConvolutionSeam(Surroundings surroundings, double epsilon, Tensor output, Operand... inputs) {
        super(output, inputs);
        this.surroundings = surroundings;
        this.epsilon = epsilon;
    }

    /**
     * y, or nothing unless all are of a kind that is computed here: fitting, of one real type, and on the processor.
     *
     * @param x [N, T, C]
     * @param mask [N, T, 1], which has no gradient
     * @param parameters weight and bias of norm, [C], of the kernel, [C, C, width] with an odd width, and of the mix, [C, C]
     */
    public static @Nullable Joined apply(Operand x, Operand mask, Operand[] parameters, long dilation, double epsilon) {
        if (!fits(x, mask, parameters)) {
            return null;
        }
        boolean differentiable = GradMode.is_enabled()
                && (x.requiresGradient() || Arrays.stream(parameters).anyMatch(Operand::requiresGradient));
        Tensor y = torch.empty_like(x.handle().contiguous());
        try (NoGradients off = new NoGradients()) {
            Tensor rows = x.handle().contiguous().detach();
            Tensor perStep = Surroundings.empty(rows, x.size(0), x.size(1), 1);
            Operand[] kept = {
                Operand.kept(rows),
                Operand.kept(torch.empty_like(rows)),
                Operand.kept(perStep),
                Operand.kept(torch.empty_like(perStep)),
                Operand.kept(torch.empty_like(rows))
            };
            Operand[] inputs = new Operand[2 + PARAMETERS + kept.length];
            inputs[0] = x;
            inputs[1] = mask;
            System.arraycopy(parameters, 0, inputs, 2, PARAMETERS);
            System.arraycopy(kept, 0, inputs, 2 + PARAMETERS, kept.length);
            Surroundings surroundings = new Surroundings(parameters[2].size(2), dilation);
            ResidualConvolutionSeam seam = new ResidualConvolutionSeam(surroundings, epsilon, y, inputs);
            seam.forward();
            if (!differentiable) {
                Arrays.stream(kept).forEach(Operand::free);
            }
            return seam.joined(differentiable);
        }
    }

    private static boolean fits(Operand x, Operand mask, Operand[] parameters) {
        long channels = x.size(-1);
        boolean ofOneKind = Arrays.stream(parameters).allMatch(x::isLike) && x.isLike(mask);
        return ofOneKind
                && x.isReal()
                && x.isOnProcessor()
                && !x.isAutocast()
                && x.rank() == 3
                && x.handle().numel() > 0
                && mask.rank() == 3
                && mask.size(0) == x.size(0)
                && mask.size(1) == x.size(1)
                && !mask.requiresGradient()
                && Arrays.stream(parameters).allMatch(parameter -> parameter.size(0) == channels)
                && parameters[2].rank() == 3
                && parameters[2].size(1) == channels
                && parameters[4].rank() == 2
                && parameters[4].size(1) == channels;
    }

    private int parts() {
        Tensor x = handle(ROWS);
        long products = x.size(0) * x.size(1) * handle(KERNEL).numel();
        return (int) Math.min(x.size(0), Team.parts(products >= WORTH_SHARING));
    }

    private Slice slice(int parts, int part) {
        return Slice.even(handle(ROWS).size(0), parts, part);
    }

    private long[] channels() {
        return new long[] {handle(ROWS).size(2)};
    }

    private void forward() {
        Tensor kernel = Surroundings.forward(handle(KERNEL));
        Tensor kernelBias = handle(KERNEL_BIAS).contiguous();
        Tensor mix = handle(MIX).contiguous().t();
        Tensor mixBias = handle(MIX_BIAS).contiguous();
        int parts = parts();
        Team.run(parts, part -> {
            Slice slice = slice(parts, part);
            Tensor x = slice.of(handle(ROWS), 0);
            Tensor y = slice.of(handle(0), 0);
            Tensor n = slice.of(handle(NORMALISED), 0);
            Tensor inner = slice.of(handle(INNER), 0);
            normalise(x, n, slice);
            surroundings.of(n, (seen, at) -> {
                MatrixProduct.into(at.of(inner), seen, kernel, kernelBias);
                MatrixProduct.into(at.of(y), torch.gelu(at.of(inner)), mix, mixBias);
                at.of(y).add_(at.of(x));
            });
        });
    }

    private void normalise(Tensor x, Tensor n, Slice slice) {
        T_TensorTensorTensor_T normalised = torch.native_layer_norm(
                x, channels(), new TensorOptional(handle(NORM_WEIGHT)), new TensorOptional(handle(NORM_BIAS)), epsilon);
        torch.mul_out(n, normalised.get0(), slice.of(handle(MASK), 0));
        slice.of(handle(MEAN), 0).copy_(normalised.get1());
        slice.of(handle(INVERSE_DEVIATION), 0).copy_(normalised.get2());
    }

    @Override
    void backward(Tensor gradient) {
        Tensor arrived = gradient.contiguous();
        Tensor kernel = Surroundings.backward(handle(KERNEL));
        @Nullable Tensor ofX = needsGradient(X) ? torch.empty_like(arrived) : null;
        int parts = parts();
        Tensor[][] sums = new Tensor[parts][PARAMETERS];
        for (Tensor[] ofPart : sums) {
            Arrays.setAll(ofPart, i -> torch.zeros_like(i == KERNEL - NORM_WEIGHT ? kernel : handle(NORM_WEIGHT + i)));
        }
        Team.run(parts, part -> {
            Slice slice = slice(parts, part);
            Tensor through = slice.of(arrived, 0);
            Tensor direct = backToNorm(backToInner(through, slice, sums[part]), kernel, slice, sums[part]);
            if (ofX != null) {
                torch.add_out(slice.of(ofX, 0), direct, through);
            }
        });
        for (int i = 0; i < PARAMETERS; i++) {
            if (needsGradient(NORM_WEIGHT + i)) {
                passSum(NORM_WEIGHT + i, sums);
            }
        }
        if (ofX != null) {
            pass(X, ofX);
        }
    }

    /** The gradient of what goes into gelu. */
    private Tensor backToInner(Tensor arrived, Slice slice, Tensor[] sums) {
        Tensor inner = slice.of(handle(INNER), 0);
        Tensor rows = rows(arrived);
        MatrixProduct.addTo(sums[MIX - NORM_WEIGHT], rows.t(), rows(torch.gelu(inner)));
        torch.sum_out(sums[MIX_BIAS - NORM_WEIGHT], arrived, BUT_CHANNELS);
        Tensor ofMixed = torch.empty_like(arrived);
        MatrixProduct.into(rows(ofMixed), rows, handle(MIX).contiguous());
        return torch.gelu_backward(ofMixed, inner);
    }

    /** The gradient of what goes into norm. */
    private Tensor backToNorm(Tensor ofInner, Tensor kernel, Slice slice, Tensor[] sums) {
        Tensor n = slice.of(handle(NORMALISED), 0);
        Tensor ofN = torch.empty_like(ofInner);
        torch.sum_out(sums[KERNEL_BIAS - NORM_WEIGHT], ofInner, BUT_CHANNELS);
        surroundings.of(ofInner, (seen, at) -> {
            MatrixProduct.addTo(sums[KERNEL - NORM_WEIGHT], seen.t(), at.of(n));
            MatrixProduct.into(at.of(ofN), seen, kernel);
        });
        ofN.mul_(slice.of(handle(MASK), 0));
        try (BoolPointer all = new BoolPointer(3)) {
            all.put(0, true).put(1, true).put(2, true);
            T_TensorTensorTensor_T before = torch.native_layer_norm_backward(
                    ofN,
                    slice.of(handle(ROWS), 0),
                    channels(),
                    slice.of(handle(MEAN), 0),
                    slice.of(handle(INVERSE_DEVIATION), 0),
                    new TensorOptional(handle(NORM_WEIGHT)),
                    new TensorOptional(handle(NORM_BIAS)),
                    all);
            sums[0].copy_(before.get1());
            sums[1].copy_(before.get2());
            return before.get0();
        }
    }

    private static Tensor rows(Tensor steps) {
        return steps.flatten(0, 1);
    }

    private void passSum(int parameter, Tensor[][] sums) {
        Tensor sum = sums[0][parameter - NORM_WEIGHT];
        for (int part = 1; part < sums.length; part++) {
            sum.add_(sums[part][parameter - NORM_WEIGHT]);
        }
        pass(parameter, parameter == KERNEL ? Surroundings.ofKernel(sum, handle(KERNEL)) : sum);
    }
}
