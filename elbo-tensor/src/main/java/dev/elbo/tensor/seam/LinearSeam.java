package dev.elbo.tensor.seam;

import dev.elbo.tensor.onednn.MatrixProduct;
import dev.elbo.tensor.onednn.OneDnn;
import dev.elbo.tensor.team.Slice;
import dev.elbo.tensor.team.Team;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * y = f(x · weightᵀ + bias), f included: each thread computes a slice of the output, applies f while it is in its cache,
 * and on the way back adds a slice of the weight's gradient directly to where the gradients are.
 */
public final class LinearSeam extends Seam {
    private static final int X = 1;
    private static final int WEIGHT = 2;

    /** The factors of the product: x and the weight, or these rounded. */
    private static final int LEFT = 3;

    private static final int RIGHT = 4;
    private static final int BIAS = 5;

    /** Below so many products, about 10 µs, another thread comes too late. */
    private static final long WORTH_SHARING = 1 << 20;

    private final Activation activation;

    private LinearSeam(Activation activation, Tensor output, Operand... inputs) {
        super(output, inputs);
        this.activation = activation;
    }

    /** y, or nothing unless all are of a kind that is computed here: on one device, of one real type, and fitting. */
    public static @Nullable Joined apply(Operand x, Operand weight, @Nullable Operand bias, Activation activation) {
        if (!fits(x, weight, bias)) {
            return null;
        }
        boolean differentiable = GradMode.is_enabled()
                && (x.requiresGradient() || weight.requiresGradient() || (bias != null && bias.requiresGradient()));
        Tensor y = output(x, weight);
        boolean rounds = x.isAutocast();
        Operand left = rounds ? Operand.kept(roundedLike(x.handle())) : x;
        Operand right = rounds ? Operand.kept(roundedLike(weight.handle())) : weight;
        try (NoGradients off = new NoGradients()) {
            if (rounds) {
                round(left.handle(), x.handle(), right.handle(), weight.handle());
            }
            forward(y, left.handle(), right.handle(), bias == null ? null : bias.handle(), activation);
        }
        if (!differentiable) {
            return new Joined(y, null);
        }
        Operand[] inputs =
                bias == null ? new Operand[] {x, weight, left, right} : new Operand[] {x, weight, left, right, bias};
        return new LinearSeam(activation, y, inputs).open();
    }

    private static boolean fits(Operand x, Operand weight, @Nullable Operand bias) {
        return x.isReal()
                && x.isLike(weight)
                && weight.rank() == 2
                && x.rank() >= 1
                && x.size(-1) == weight.size(1)
                && (bias == null || (x.isLike(bias) && bias.rank() == 1 && bias.size(0) == weight.size(0)))
                && (!x.isAutocast() || rounds(x));
    }

    /** Whether autocast is done here: by rounding both factors to BFLOAT16, of which sums are then kept in FLOAT32. */
    private static boolean rounds(Operand x) {
        return x.isFloat32() && x.isOnProcessor() && OneDnn.isMadeForBfloat16();
    }

    private static Tensor output(Operand x, Operand weight) {
        long[] sizes = x.sizes();
        sizes[sizes.length - 1] = weight.size(0);
        return torch.torch_empty(sizes, x.handle().options(), new MemoryFormatOptional());
    }

    /** Room for a copy in BFLOAT16, row by row. */
    private static Tensor roundedLike(Tensor tensor) {
        return torch.torch_empty(
                Operand.sizes(tensor),
                tensor.options().dtype(new ScalarTypeOptional(torch.ScalarType.BFloat16)),
                new MemoryFormatOptional());
    }

    private static void round(Tensor left, Tensor x, Tensor right, Tensor weight) {
        Tensor rows = matrix(x);
        Tensor rounded = matrix(left);
        int parts = parts(rows, right.t());
        Team.run(parts, part -> {
            Slice ofRows = Slice.of(rows.size(0), parts, part);
            Slice ofWeight = Slice.of(weight.size(0), parts, part);
            ofRows.of(rounded, 0).copy_(ofRows.of(rows, 0));
            ofWeight.of(right, 0).copy_(ofWeight.of(weight, 0));
        });
    }

    private static void forward(Tensor y, Tensor left, Tensor right, @Nullable Tensor bias, Activation activation) {
        Tensor rows = matrix(left);
        Tensor out = matrix(y);
        Tensor transposed = right.t();
        // the longer side is cut: each thread then reads less of the other operand
        int side = out.size(0) > out.size(1) ? 0 : 1;
        int parts = parts(rows, out);
        Team.share(out.size(side), parts, slice -> {
            Tensor target = slice.of(out, side);
            Tensor a = side == 0 ? slice.of(rows, 0) : rows;
            Tensor b = side == 0 ? transposed : slice.of(transposed, 1);
            if (bias == null) {
                MatrixProduct.into(target, a, b);
            } else {
                MatrixProduct.into(target, a, b, side == 0 ? bias : slice.of(bias, 0));
            }
            activation.apply(target);
        });
    }

    private static Tensor matrix(Tensor tensor) {
        if (tensor.dim() == 2) {
            return tensor;
        }
        long rows = 1; // counted, since −1 is ambiguous where there is no element
        for (int i = 0; i + 1 < tensor.dim(); i++) {
            rows *= tensor.size(i);
        }
        return tensor.reshape(rows, tensor.size(-1));
    }

    private static int parts(Tensor rows, Tensor out) {
        return Team.parts(!rows.is_cuda() && rows.numel() * out.size(1) >= WORTH_SHARING);
    }

    @Override
    void backward(Tensor gradient) {
        Tensor rows = matrix(handle(LEFT));
        Tensor arrived = matrix(gradient);
        int parts = parts(rows, arrived);
        Tensor inner = innerGradient(arrived, parts);
        Tensor factor = rounded(inner, parts);
        @Nullable Tensor ofX = needsGradient(X) ? torch.empty_like(matrix(handle(X))) : null;
        @Nullable Tensor ofWeight = needsGradient(WEIGHT) ? target(WEIGHT) : null;
        @Nullable Tensor ofBias = hasBias() && needsGradient(BIAS) ? target(BIAS) : null;
        Team.run(parts, part -> {
            if (ofWeight != null) {
                addWeights(ofWeight, factor, rows, Slice.of(ofWeight.size(0), parts, part));
            }
            if (ofBias != null) {
                addBias(ofBias, inner, Slice.of(ofBias.size(0), parts, part));
            }
            if (ofX != null) {
                inputs(ofX, factor, parts, part);
            }
        });
        passTarget(WEIGHT, ofWeight);
        passTarget(BIAS, ofBias);
        if (ofX != null) {
            pass(X, handle(X).dim() == 2 ? ofX : ofX.view_as(handle(X)));
        }
    }

    private boolean hasBias() {
        return handles() > BIAS;
    }

    /** The gradient before f. */
    private Tensor innerGradient(Tensor arrived, int parts) {
        if (activation == Activation.NONE) {
            return arrived;
        }
        Tensor y = matrix(handle(0));
        Tensor inner = torch.empty_like(y);
        Team.share(
                y.size(0),
                parts,
                slice -> activation.backward(slice.of(inner, 0), slice.of(arrived, 0), slice.of(y, 0)));
        return inner;
    }

    /** The gradient as a factor of products. */
    private Tensor rounded(Tensor inner, int parts) {
        if (handle(LEFT).element_size() == inner.element_size()) {
            return inner;
        }
        Tensor factor = torch.empty_like(inner, handle(LEFT).options(), new MemoryFormatOptional());
        Team.share(inner.size(0), parts, slice -> slice.of(factor, 0).copy_(slice.of(inner, 0)));
        return factor;
    }

    private static void addWeights(Tensor sum, Tensor gradient, Tensor x, Slice slice) {
        if (!slice.isEmpty()) {
            MatrixProduct.addTo(slice.of(sum, 0), slice.of(gradient, 1).t(), x); // [out, B] · [B, in]
        }
    }

    private static void addBias(Tensor sum, Tensor gradient, Slice slice) {
        if (!slice.isEmpty()) {
            slice.of(sum, 0).add_(slice.of(gradient, 1).sum(new long[] {0}));
        }
    }

    private void inputs(Tensor ofX, Tensor gradient, int parts, int part) {
        int side = ofX.size(0) > ofX.size(1) ? 0 : 1;
        Slice slice = Slice.of(ofX.size(side), parts, part);
        if (!slice.isEmpty()) {
            Tensor left = side == 0 ? slice.of(gradient, 0) : gradient;
            Tensor right = side == 0 ? handle(RIGHT) : slice.of(handle(RIGHT), 1);
            MatrixProduct.into(slice.of(ofX, side), left, right); // [B, out] · [out, in]
        }
    }
}
