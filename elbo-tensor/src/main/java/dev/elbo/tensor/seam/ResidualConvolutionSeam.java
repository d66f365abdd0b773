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
 * [N, T, C]: each thread does all of this for some of the steps, and on the way back their part of the gradients.
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
        return surroundings.parts(handle(ROWS), handle(KERNEL));
    }

    private long[] channels() {
        return new long[] {handle(ROWS).size(2)};
    }

    /** [N, T, C] to [N · T, C]. */
    private static Tensor rows(Tensor steps) {
        return steps.flatten(0, 1);
    }

    private void forward() {
        Tensor kernel = Surroundings.forward(handle(KERNEL));
        Tensor kernelBias = handle(KERNEL_BIAS).contiguous();
        Tensor mix = handle(MIX).contiguous().t();
        Tensor mixBias = handle(MIX_BIAS).contiguous();
        int parts = parts();
        Team.share(rows(handle(ROWS)).size(0), parts, this::normalise);
        surroundings.of(handle(NORMALISED), parts, (part, seen, at) -> {
            Tensor inner = at.of(handle(INNER));
            Tensor y = at.of(handle(0));
            MatrixProduct.into(inner, seen, kernel, kernelBias);
            MatrixProduct.into(y, torch.gelu(inner), mix, mixBias);
            y.add_(at.of(handle(ROWS)));
        });
    }

    private Tensor some(int handle, Slice slice) {
        return slice.of(rows(handle(handle)), 0);
    }

    private void normalise(Slice slice) {
        T_TensorTensorTensor_T normalised = torch.native_layer_norm(
                some(ROWS, slice),
                channels(),
                new TensorOptional(handle(NORM_WEIGHT)),
                new TensorOptional(handle(NORM_BIAS)),
                epsilon);
        torch.mul_out(some(NORMALISED, slice), normalised.get0(), some(MASK, slice));
        some(MEAN, slice).copy_(normalised.get1());
        some(INVERSE_DEVIATION, slice).copy_(normalised.get2());
    }

    @Override
    void backward(Tensor gradient) {
        Tensor arrived = gradient.contiguous();
        Tensor kernel = Surroundings.backward(handle(KERNEL));
        int parts = parts();
        Tensor[][] sums = new Tensor[PARAMETERS][parts];
        for (int i = 0; i < PARAMETERS; i++) {
            Tensor like = i == KERNEL - NORM_WEIGHT ? kernel : handle(NORM_WEIGHT + i);
            Arrays.setAll(sums[i], part -> torch.zeros_like(like));
        }
        Tensor ofInner = torch.empty_like(arrived);
        Team.run(parts, part -> backToInner(rows(arrived), rows(ofInner), slice(parts, part), part, sums));
        Tensor ofX = torch.empty_like(arrived);
        surroundings.of(ofInner, parts, (part, seen, at) -> {
            MatrixProduct.addTo(sums[KERNEL - NORM_WEIGHT][part], seen.t(), at.of(handle(NORMALISED)));
            MatrixProduct.into(at.of(ofX), seen, kernel);
        });
        Team.run(parts, part -> backThroughNorm(rows(arrived), rows(ofX), slice(parts, part), part, sums));
        for (int i = 0; i < PARAMETERS; i++) {
            int parameter = NORM_WEIGHT + i;
            if (needsGradient(parameter)) {
                Tensor sum = Surroundings.sum(sums[i]);
                pass(parameter, parameter == KERNEL ? Surroundings.ofKernel(sum, handle(KERNEL)) : sum);
            }
        }
        if (needsGradient(X)) {
            pass(X, ofX);
        }
    }

    private Slice slice(int parts, int part) {
        return Slice.of(rows(handle(ROWS)).size(0), parts, part);
    }

    /** The gradient of what goes into gelu. */
    private void backToInner(Tensor arrived, Tensor ofInner, Slice slice, int part, Tensor[][] sums) {
        if (slice.isEmpty()) {
            return;
        }
        Tensor rows = slice.of(arrived, 0);
        Tensor inner = some(INNER, slice);
        MatrixProduct.addTo(sums[MIX - NORM_WEIGHT][part], rows.t(), torch.gelu(inner));
        torch.sum_out(sums[MIX_BIAS - NORM_WEIGHT][part], rows, 0);
        Tensor ofMixed = torch.empty_like(rows);
        MatrixProduct.into(ofMixed, rows, handle(MIX).contiguous());
        Tensor target = slice.of(ofInner, 0);
        torch.gelu_backward_out(target, ofMixed, inner);
        torch.sum_out(sums[KERNEL_BIAS - NORM_WEIGHT][part], target, 0);
    }

    /** The gradient of x, where the gradient of what the convolution reads was. */
    private void backThroughNorm(Tensor arrived, Tensor ofX, Slice slice, int part, Tensor[][] sums) {
        if (slice.isEmpty()) {
            return;
        }
        Tensor rows = slice.of(ofX, 0);
        rows.mul_(some(MASK, slice));
        try (BoolPointer all = new BoolPointer(3)) {
            all.put(0, true).put(1, true).put(2, true);
            T_TensorTensorTensor_T before = torch.native_layer_norm_backward(
                    rows,
                    some(ROWS, slice),
                    channels(),
                    some(MEAN, slice),
                    some(INVERSE_DEVIATION, slice),
                    new TensorOptional(handle(NORM_WEIGHT)),
                    new TensorOptional(handle(NORM_BIAS)),
                    all);
            sums[0][part].copy_(before.get1());
            sums[1][part].copy_(before.get2());
            torch.add_out(rows, before.get0(), slice.of(arrived, 0));
        }
    }
}
