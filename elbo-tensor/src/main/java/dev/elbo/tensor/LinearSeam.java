package dev.elbo.tensor;

import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * y = f(x · weightᵀ + bias), f included: each thread computes a slice of the output, applies f while it is in its cache,
 * and on the way back adds a slice of the weight's gradient directly to where the gradients are.
 */
final class LinearSeam extends Seam {
    private static final int X = 1;
    private static final int WEIGHT = 2;

    /** The factors of the product: x and the weight, or these rounded. */
    private static final int LEFT = 3;

    private static final int RIGHT = 4;
    private static final int BIAS = 5;

    /** Below so many products, about 10 µs, another thread comes too late. */
    private static final long WORTH_SHARING = 1 << 20;

    private final Nonlinearity nonlinearity;

    private LinearSeam(Nonlinearity nonlinearity, Tensor... tensors) {
        super(tensors);
        this.nonlinearity = nonlinearity;
    }

    /** Whether x, weight and bias are of a kind that is computed here: on one device, of one real type, and fitting. */
    static boolean fits(Tensor x, Tensor weight, @Nullable Tensor bias) {
        DType type = x.dtype();
        return (type == DType.FLOAT32 || type == DType.FLOAT64)
                && Seams.mayCut()
                && weight.dtype() == type
                && x.device().equals(weight.device())
                && weight.rank() == 2
                && x.rank() >= 1
                && x.size(-1) == weight.size(1)
                && (bias == null || (bias.dtype() == type && bias.rank() == 1 && bias.size(0) == weight.size(0)))
                && (!Autocast.isOn(x.device()) || rounds(x));
    }

    /** Whether autocast is done here: by rounding both factors to BFLOAT16, of which sums are then kept in FLOAT32. */
    private static boolean rounds(Tensor x) {
        return x.dtype() == DType.FLOAT32 && x.device().kind() == Device.Kind.CPU && OneDnn.isMadeForBfloat16();
    }

    static Tensor apply(Tensor x, Tensor weight, @Nullable Tensor bias, Nonlinearity nonlinearity) {
        Shape shape = x.shape().dropLast(1).append(weight.size(0));
        Tensor y = Tensor.empty(x.dtype(), x.device(), shape);
        boolean differentiable = GradientMode.isOn()
                && (x.requiresGradient() || weight.requiresGradient() || (bias != null && bias.requiresGradient()));
        boolean rounds = Autocast.isOn(x.device());
        Tensor left = rounds ? Tensor.empty(DType.BFLOAT16, x.device(), x.shape()) : x;
        Tensor right = rounds ? Tensor.empty(DType.BFLOAT16, x.device(), weight.shape()) : weight;
        try (GradientMode off = GradientMode.off()) {
            if (rounds) {
                round(left, x, right, weight);
            }
            forward(y, left, right, bias, nonlinearity);
        }
        if (!differentiable) {
            return y;
        }
        Tensor[] tensors = bias == null
                ? new Tensor[] {y, x, weight, left, right}
                : new Tensor[] {y, x, weight, left, right, bias};
        return new LinearSeam(nonlinearity, tensors).open();
    }

    private static void round(Tensor left, Tensor x, Tensor right, Tensor weight) {
        org.bytedeco.pytorch.Tensor rows = matrix(x.handle());
        org.bytedeco.pytorch.Tensor rounded = matrix(left.handle());
        int parts = parts(rows, right.handle().t());
        Team.run(parts, part -> {
            Slice ofRows = Slice.of(rows.size(0), parts, part);
            Slice ofWeight = Slice.of(weight.size(0), parts, part);
            ofRows.of(rounded, 0).copy_(ofRows.of(rows, 0));
            ofWeight.of(right.handle(), 0).copy_(ofWeight.of(weight.handle(), 0));
        });
    }

    private static void forward(Tensor y, Tensor left, Tensor right, @Nullable Tensor bias, Nonlinearity f) {
        org.bytedeco.pytorch.Tensor rows = matrix(left.handle());
        org.bytedeco.pytorch.Tensor out = matrix(y.handle());
        org.bytedeco.pytorch.Tensor transposed = right.handle().t();
        // the longer side is cut: each thread then reads less of the other operand
        int side = out.size(0) > out.size(1) ? 0 : 1;
        int parts = parts(rows, out);
        Team.share(out.size(side), parts, slice -> {
            org.bytedeco.pytorch.Tensor target = slice.of(out, side);
            org.bytedeco.pytorch.Tensor a = side == 0 ? slice.of(rows, 0) : rows;
            org.bytedeco.pytorch.Tensor b = side == 0 ? transposed : slice.of(transposed, 1);
            if (bias == null) {
                MatrixProduct.into(target, a, b);
            } else {
                MatrixProduct.into(target, a, b, side == 0 ? bias.handle() : slice.of(bias.handle(), 0));
            }
            f.apply(target);
        });
    }

    private static org.bytedeco.pytorch.Tensor matrix(org.bytedeco.pytorch.Tensor tensor) {
        if (tensor.dim() == 2) {
            return tensor;
        }
        long rows = 1; // counted, since −1 is ambiguous where there is no element
        for (int i = 0; i + 1 < tensor.dim(); i++) {
            rows *= tensor.size(i);
        }
        return tensor.reshape(rows, tensor.size(-1));
    }

    private static int parts(org.bytedeco.pytorch.Tensor rows, org.bytedeco.pytorch.Tensor out) {
        return Team.parts(!rows.is_cuda() && rows.numel() * out.size(1) >= WORTH_SHARING);
    }

    @Override
    void backward(org.bytedeco.pytorch.Tensor gradient) {
        org.bytedeco.pytorch.Tensor rows = matrix(handle(LEFT));
        org.bytedeco.pytorch.Tensor arrived = matrix(gradient);
        int parts = parts(rows, arrived);
        org.bytedeco.pytorch.Tensor inner = innerGradient(arrived, parts);
        org.bytedeco.pytorch.Tensor factor = rounded(inner, parts);
        org.bytedeco.pytorch.@Nullable Tensor ofX = needsGradient(X) ? torch.empty_like(matrix(handle(X))) : null;
        org.bytedeco.pytorch.@Nullable Tensor ofWeight = needsGradient(WEIGHT) ? target(WEIGHT) : null;
        org.bytedeco.pytorch.@Nullable Tensor ofBias = hasBias() && needsGradient(BIAS) ? target(BIAS) : null;
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
    private org.bytedeco.pytorch.Tensor innerGradient(org.bytedeco.pytorch.Tensor arrived, int parts) {
        if (nonlinearity == Nonlinearity.NONE) {
            return arrived;
        }
        org.bytedeco.pytorch.Tensor y = matrix(handle(0));
        org.bytedeco.pytorch.Tensor inner = torch.empty_like(y);
        Team.share(
                y.size(0),
                parts,
                slice -> nonlinearity.backward(slice.of(inner, 0), slice.of(arrived, 0), slice.of(y, 0)));
        return inner;
    }

    /** The gradient as a factor of products. */
    private org.bytedeco.pytorch.Tensor rounded(org.bytedeco.pytorch.Tensor inner, int parts) {
        if (handle(LEFT).element_size() == inner.element_size()) {
            return inner;
        }
        org.bytedeco.pytorch.Tensor factor =
                torch.empty_like(inner, handle(LEFT).options(), new MemoryFormatOptional());
        Team.share(inner.size(0), parts, slice -> slice.of(factor, 0).copy_(slice.of(inner, 0)));
        return factor;
    }

    private static void addWeights(
            org.bytedeco.pytorch.Tensor sum,
            org.bytedeco.pytorch.Tensor gradient,
            org.bytedeco.pytorch.Tensor x,
            Slice slice) {
        if (!slice.isEmpty()) {
            MatrixProduct.addTo(slice.of(sum, 0), slice.of(gradient, 1).t(), x); // [out, B] · [B, in]
        }
    }

    private static void addBias(org.bytedeco.pytorch.Tensor sum, org.bytedeco.pytorch.Tensor gradient, Slice slice) {
        if (!slice.isEmpty()) {
            slice.of(sum, 0).add_(slice.of(gradient, 1).sum(new long[] {0}));
        }
    }

    private void inputs(org.bytedeco.pytorch.Tensor ofX, org.bytedeco.pytorch.Tensor gradient, int parts, int part) {
        int side = ofX.size(0) > ofX.size(1) ? 0 : 1;
        Slice slice = Slice.of(ofX.size(side), parts, part);
        if (!slice.isEmpty()) {
            org.bytedeco.pytorch.Tensor left = side == 0 ? slice.of(gradient, 0) : gradient;
            org.bytedeco.pytorch.Tensor right = side == 0 ? handle(RIGHT) : slice.of(handle(RIGHT), 1);
            MatrixProduct.into(slice.of(ofX, side), left, right); // [B, out] · [out, in]
        }
    }
}
