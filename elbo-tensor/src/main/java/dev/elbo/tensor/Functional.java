package dev.elbo.tensor;

import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The operations of neural networks that take more than two tensors. Weights are laid out as
 * PyTorch's: {@code [out, in]}, {@code [out, in, height, width]}, and {@code [in, out, height, width]}
 * for the transposed convolution.
 */
public final class Functional {
    private static final long NO_PADDING_INDEX = -1;
    private static final long NO_REDUCTION = 0;
    private static final boolean CUDNN = true;

    private Functional() {}

    /** {@code x · weightᵀ + bias}: [..., in] → [..., out]. */
    public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
        return Tensor.call("linear", () -> torch.linear(x.handle(), weight.handle(), optional(bias)), x, weight);
    }

    /** The two-dimensional cross-correlation: [N, in, H, W] → [N, out, H', W']. */
    public static Tensor conv2d(Tensor x, Tensor weight, Tensor bias, long stride, long padding) {
        return Tensor.call(
                "conv2d",
                () -> torch.conv2d(
                        x.handle(), weight.handle(), optional(bias), both(stride), both(padding), both(1), 1),
                x,
                weight);
    }

    /** The transpose of {@link #conv2d}: [N, in, H, W] → [N, out, H', W']. */
    public static Tensor convTranspose2d(
            Tensor x, Tensor weight, Tensor bias, long stride, long padding, long extraRows, long extraColumns) {
        return Tensor.call(
                "convTranspose2d",
                () -> torch.conv_transpose2d(
                        x.handle(),
                        weight.handle(),
                        optional(bias),
                        both(stride),
                        both(padding),
                        new long[] {extraRows, extraColumns},
                        1,
                        both(1)),
                x,
                weight);
    }

    /**
     * Batch normalisation over all dimensions but the second, [N, C, ...]. In training with the batch's
     * own mean and variance, which also move the running ones by a fraction {@code momentum}.
     */
    public static Tensor batchNorm(
            Tensor x,
            Tensor weight,
            Tensor bias,
            Tensor runningMean,
            Tensor runningVar,
            boolean training,
            double momentum,
            double eps) {
        return Tensor.call(
                "batchNorm",
                () -> torch.batch_norm(
                        x.handle(),
                        optional(weight),
                        optional(bias),
                        optional(runningMean),
                        optional(runningVar),
                        training,
                        momentum,
                        eps,
                        CUDNN),
                x,
                weight);
    }

    /** Normalisation over the trailing dimensions that {@code weight} has. */
    public static Tensor layerNorm(Tensor x, Tensor weight, Tensor bias, double eps) {
        return Tensor.call(
                "layerNorm",
                () -> torch.layer_norm(
                        x.handle(), weight.shape().sizes(), optional(weight), optional(bias), eps, CUDNN),
                x,
                weight);
    }

    /** Normalisation of each example over groups of channels, [N, C, ...]. */
    public static Tensor groupNorm(Tensor x, long groups, Tensor weight, Tensor bias, double eps) {
        return Tensor.call(
                "groupNorm",
                () -> torch.group_norm(x.handle(), groups, optional(weight), optional(bias), eps, CUDNN),
                x,
                weight);
    }

    /** Rows of a table: INT64 [...] and [count, width] → [..., width]. */
    public static Tensor embedding(Tensor indices, Tensor table) {
        return Tensor.call(
                "embedding",
                () -> torch.embedding(table.handle(), indices.handle(), NO_PADDING_INDEX, false, false),
                indices,
                table);
    }

    /**
     * −log Bernoulli(x; sigmoid(logits)) element by element, in nats: log(1 + exp(l)) − x l.
     *
     * @param logits [..., D]
     * @param x in [0, 1], [..., D]; each is broadcast to the other
     */
    public static Tensor binaryCrossEntropy(Tensor logits, Tensor x) {
        logits.refuseMixing("binaryCrossEntropy", x);
        return Tensor.call("binaryCrossEntropy", () -> binaryCrossEntropy(Tensor.vector(logits, x)), logits, x);
    }

    private static org.bytedeco.pytorch.Tensor binaryCrossEntropy(TensorVector logitsAndValues) {
        TensorVector expanded = torch.broadcast_tensors(logitsAndValues);
        return torch.binary_cross_entropy_with_logits(
                expanded.get(0), expanded.get(1), new TensorOptional(), new TensorOptional(), NO_REDUCTION);
    }

    private static TensorOptional optional(@Nullable Tensor tensor) {
        return tensor == null ? new TensorOptional() : new TensorOptional(tensor.handle());
    }

    private static long[] both(long size) {
        return new long[] {size, size};
    }
}
