package dev.elbo.tensor;

import dev.elbo.tensor.onednn.Convolution;
import dev.elbo.tensor.seam.BernoulliSeam;
import dev.elbo.tensor.seam.CategoricalSeam;
import dev.elbo.tensor.seam.ConvolutionSeam;
import dev.elbo.tensor.seam.LinearSeam;
import dev.elbo.tensor.seam.NormalSeam;
import dev.elbo.tensor.seam.SequenceConvolutionSeam;
import dev.elbo.tensor.team.Team;
import java.util.Optional;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
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

    /** Fewer elements, about 10 µs of work, are not worth a second thread. */
    private static final long WORTH_SHARING = 1 << 14;

    private Functional() {}

    /** {@code x · weightᵀ + bias}: [..., in] → [..., out]. */
    public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
        return linear(x, weight, bias, Nonlinearity.NONE);
    }

    /** {@code f(x · weightᵀ + bias)} in one pass: [..., in] → [..., out]. */
    public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias, Nonlinearity f) {
        Tensor y = Seams.join(() -> LinearSeam.apply(
                        x.operand(), weight.operand(), bias == null ? null : bias.operand(), f.inPlace()))
                .orElseGet(() -> f.of(linearByLibtorch(x, weight, bias)));
        Arithmetic.count((double) y.shape().elements() * weight.size(-1), x, weight);
        return y;
    }

    /** The same as operations of libtorch's: what runs on other devices and in other types. */
    static Tensor linearByLibtorch(Tensor x, Tensor weight, @Nullable Tensor bias) {
        return Tensor.call("linear", () -> torch.linear(x.handle(), weight.handle(), optional(bias)), x, weight);
    }

    /** The two-dimensional cross-correlation: [N, in, H, W] → [N, out, H', W']. */
    public static Tensor conv2d(Tensor x, Tensor weight, Tensor bias, long stride, long padding) {
        return conv2d(x, weight, bias, stride, padding, Nonlinearity.NONE);
    }

    /** f of the cross-correlation, in one pass: [N, in, H, W] → [N, out, H', W']. */
    public static Tensor conv2d(Tensor x, Tensor weight, Tensor bias, long stride, long padding, Nonlinearity f) {
        Convolution convolution = new Convolution(stride, padding);
        Tensor y = Seams.join(() ->
                        ConvolutionSeam.apply(x.operand(), weight.operand(), bias.operand(), convolution, f.inPlace()))
                .orElseGet(() -> f.of(conv2dByLibtorch(x, weight, bias, stride, padding)));
        Arithmetic.countConvolution(y, x, weight);
        return y;
    }

    /** The same as an operation of libtorch's. */
    static Tensor conv2dByLibtorch(Tensor x, Tensor weight, Tensor bias, long stride, long padding) {
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
        return convTranspose2d(x, weight, bias, stride, padding, extraRows, extraColumns, Nonlinearity.NONE);
    }

    /** f of the transposed cross-correlation, in one pass: [N, in, H, W] → [N, out, H', W']. */
    public static Tensor convTranspose2d(
            Tensor x,
            Tensor weight,
            Tensor bias,
            long stride,
            long padding,
            long extraRows,
            long extraColumns,
            Nonlinearity f) {
        long[] extra = {extraRows, extraColumns};
        Convolution convolution = new Convolution(stride, padding);
        Tensor y = Seams.join(() -> ConvolutionSeam.transposed(
                        x.operand(), weight.operand(), bias.operand(), convolution, extra, f.inPlace()))
                .orElseGet(() -> f.of(convTranspose2dByLibtorch(x, weight, bias, stride, padding, extra)));
        Arithmetic.countConvolution(x, x, weight);
        return y;
    }

    /** The same as an operation of libtorch's. */
    static Tensor convTranspose2dByLibtorch(
            Tensor x, Tensor weight, Tensor bias, long stride, long padding, long[] extra) {
        return Tensor.call(
                "convTranspose2d",
                () -> torch.conv_transpose2d(
                        x.handle(), weight.handle(), optional(bias), both(stride), both(padding), extra, 1, both(1)),
                x,
                weight);
    }

    /**
     * The cross-correlation along a sequence, which keeps its length: [N, T, in] → [N, T, out]. Beyond both ends there are zeros.
     *
     * @param weight [out, in, width]; the width is odd
     * @param bias [out]
     * @param dilation steps from one that the kernel sees to the next; 1 if it sees all
     */
    public static Tensor conv1d(Tensor x, Tensor weight, Tensor bias, long dilation) {
        Optional<Tensor> joined = Seams.join(
                () -> SequenceConvolutionSeam.apply(x.operand(), weight.operand(), bias.operand(), dilation));
        joined.ifPresent(y -> Arithmetic.countConvolution(y, x, weight));
        return joined.orElseGet(() -> conv1dOfCopies(x, weight, bias, dilation)); // whose product is counted
    }

    /** The same as one product of all steps that a kernel sees, side by side: what runs on other devices and in other types. */
    static Tensor conv1dOfCopies(Tensor x, Tensor weight, Tensor bias, long dilation) {
        int width = (int) weight.size(2);
        long reach = dilation * (width / 2);
        Tensor padded = x.pad(1, reach, reach, 0);
        Tensor[] seen = new Tensor[width];
        for (int i = 0; i < width; i++) {
            seen[i] = padded.narrow(1, i * dilation, x.size(1));
        }
        Tensor flat = weight.transpose(1, 2).reshape(weight.size(0), width * weight.size(1)); // [out, width · in]
        return linear(Tensor.cat(-1, seen), flat, bias);
    }

    /**
     * softmax(q · kᵀ / √D) · v, where each of L places looks at S: Vaswani et al. (2017), eq. 1.
     *
     * @param q [..., L, D]
     * @param k [..., S, D]
     * @param v [..., S, E]
     * @param mask BOOL, broadcast to [..., L, S]: true where a place may look; none if it may look everywhere
     * @return [..., L, E]; zeros where a place may look nowhere
     */
    public static Tensor scaledDotProductAttention(Tensor q, Tensor k, Tensor v, @Nullable Tensor mask) {
        Operands.refuseMixing("scaledDotProductAttention", q, k, v);
        if (mask != null) {
            Operands.requireBool("scaledDotProductAttention", mask);
        }
        Tensor seen = Tensor.call(
                "scaledDotProductAttention",
                () -> torch.scaled_dot_product_attention(
                        q.handle(), k.handle(), v.handle(), optional(mask), 0, false, new DoubleOptional(), false),
                q,
                k,
                v);
        long places = k.size(-2);
        Arithmetic.count((double) q.shape().elements() * places, q, k);
        Arithmetic.count((double) seen.shape().elements() * places, seen, v);
        return seen;
    }

    /**
     * −log p(target) of a sequence whose alignment with the steps is summed over, in nats, for each of B: Graves et al. (2006),
     * eq. 3. Class 0 is the blank between labels.
     *
     * @param logProbs log-probabilities of the classes at each step, [T, B, C]
     * @param targets INT64 labels from 1, [B, S]; what is beyond a target's length is ignored
     * @param steps INT64, how many of the T steps each sequence has, [B]
     * @param lengths INT64, how many labels each target has, [B]
     * @return [B]; infinite where a target does not fit into its steps
     */
    public static Tensor ctcLoss(Tensor logProbs, Tensor targets, Tensor steps, Tensor lengths) {
        return Tensor.call(
                "ctcLoss",
                () -> torch.ctc_loss(
                        logProbs.handle(), targets.handle(), steps.handle(), lengths.handle(), 0, NO_REDUCTION, false),
                logProbs,
                targets,
                steps,
                lengths);
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
     * The entries of {@code values} that an INT64 vector names, as FLOAT32, divided by {@code divisor}: [N, ...] and
     * [B] → [B, ...]. Each thread does some of them.
     */
    public static Tensor select(Tensor values, Tensor indices, double divisor) {
        if (values.device().kind() != Device.Kind.CPU || values.requiresGradient() || indices.rank() != 1) {
            return values.select(0, indices).to(DType.FLOAT32).over(divisor);
        }
        long count = indices.size(0);
        Shape shape = values.shape().last(values.rank() - 1).prepend(count);
        Tensor selected = Tensor.empty(DType.FLOAT32, Device.CPU, shape);
        int parts = Team.parts(shape.elements() >= WORTH_SHARING);
        Team.share(count, parts, slice -> {
            org.bytedeco.pytorch.Tensor rows = values.handle().index_select(0, slice.of(indices.handle(), 0));
            try (Scalar scale = new Scalar(divisor)) {
                slice.of(selected.handle(), 0).copy_(rows).div_(scale);
            }
        });
        return selected;
    }

    /**
     * 1 where {@code uniform} is below {@code probabilities}, else 0: coins thrown with noise from [0, 1). Both FLOAT32,
     * of one shape.
     */
    public static Tensor bernoulli(Tensor probabilities, Tensor uniform) {
        if (probabilities.device().kind() != Device.Kind.CPU
                || !probabilities.shape().equals(uniform.shape())) {
            return uniform.lessThan(probabilities).to(DType.FLOAT32);
        }
        Tensor coins = Tensor.empty(DType.FLOAT32, Device.CPU, probabilities.shape());
        long count = probabilities.shape().elements();
        org.bytedeco.pytorch.Tensor flatCoins = coins.handle().view(count);
        org.bytedeco.pytorch.Tensor flatNoise = uniform.handle().reshape(count);
        org.bytedeco.pytorch.Tensor flatProbabilities = probabilities.handle().reshape(count);
        int parts = Team.parts(count >= WORTH_SHARING);
        Team.share(
                count,
                parts,
                slice -> torch.lt_out(slice.of(flatCoins, 0), slice.of(flatNoise, 0), slice.of(flatProbabilities, 0)));
        return coins;
    }

    /**
     * −log Bernoulli(x; sigmoid(logits)) element by element, in nats: log(1 + exp(l)) − x l. Where a logit is infinite it is the
     * limit, which this difference of infinities is not: 0 where x is what the coin must show, ∞ elsewhere.
     *
     * @param logits [..., D]
     * @param x in [0, 1], [..., D]; each is broadcast to the other
     */
    public static Tensor binaryCrossEntropy(Tensor logits, Tensor x) {
        Operands.refuseMixing("binaryCrossEntropy", logits, x);
        Tensor certain = logits.detach().abs().equalTo(Double.POSITIVE_INFINITY);
        Tensor finite = logits.maskedFill(certain, 0);
        Tensor terms = Tensor.call("binaryCrossEntropy", () -> binaryCrossEntropy(Tensor.vector(finite, x)), finite, x);
        Tensor mustBe = logits.greaterThan(0).to(x.dtype());
        Tensor agrees = x.equalTo(mustBe);
        return terms.maskedFill(certain.and(agrees), 0).maskedFill(certain.and(agrees.not()), Double.POSITIVE_INFINITY);
    }

    /**
     * log Bernoulli(x; sigmoid(logits)) of events, in nats: Σ x l − log(1 + exp(l)).
     *
     * @param logits [..., event...]
     * @param x in [0, 1], [..., event...]; each is broadcast to the other
     * @param eventRank the number of trailing dimensions that make up one event
     * @return [...]
     */
    public static Tensor bernoulliLogProb(Tensor logits, Tensor x, int eventRank) {
        return Seams.join(() -> BernoulliSeam.apply(logits.operand(), x.operand(), eventRank))
                .orElseGet(
                        () -> binaryCrossEntropy(logits, x).sumLast(eventRank).negate());
    }

    /**
     * log p of the classes that were chosen, l_c − log Σ exp(l), in nats.
     *
     * @param logits [..., C]
     * @param chosen INT64 [...], from 0
     * @return [...]
     */
    public static Tensor categoricalLogProb(Tensor logits, Tensor chosen) {
        try {
            return Seams.join(() -> CategoricalSeam.apply(logits.operand(), chosen.operand()))
                    .orElseGet(() -> categoricalLogProbByLibtorch(logits, chosen));
        } catch (RuntimeException e) {
            throw Operands.explained("categoricalLogProb", e, logits, chosen);
        }
    }

    /** The same as operations of libtorch's. */
    static Tensor categoricalLogProbByLibtorch(Tensor logits, Tensor chosen) {
        return logits.gather(-1, chosen.unsqueeze(-1)).squeeze(-1).minus(logits.logSumExp(-1));
    }

    /** {@code loc + exp(logVar / 2) · epsilon}, for each of K: [...], [...] and [K, ...] → [K, ...]. */
    public static Tensor normalSample(Tensor loc, Tensor logVar, Tensor epsilon) {
        return Tensor.whole(loc, logVar)
                .flatMap(h -> Seams.join(() -> NormalSeam.sample(h.operand(), epsilon.operand())))
                .orElseGet(() -> loc.plusProduct(logVar.times(0.5).exp(), epsilon));
    }

    /**
     * KL(N(loc, exp(logVar)) ‖ N(otherLoc, exp(otherLogVar))) element by element, in nats: ½ (exp(t) + (loc − otherLoc)²
     * exp(−otherLogVar) − 1 − t) with t = logVar − otherLogVar.
     */
    public static Tensor normalDivergence(Tensor loc, Tensor logVar, Tensor otherLoc, Tensor otherLogVar) {
        return Tensor.whole(loc, logVar)
                .flatMap(h ->
                        Seams.join(() -> NormalSeam.divergence(h.operand(), otherLoc.operand(), otherLogVar.operand())))
                .orElseGet(() -> {
                    Tensor t = logVar.minus(otherLogVar);
                    Tensor distance = loc.minus(otherLoc)
                            .square()
                            .times(otherLogVar.negate().exp());
                    return t.expm1().plus(distance).minus(t).times(0.5);
                });
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
