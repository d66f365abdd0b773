package dev.elbo.tensor.seam;

import dev.elbo.tensor.team.Slice;
import dev.elbo.tensor.team.Team;
import java.util.Arrays;
import java.util.function.BinaryOperator;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * log p(x) = Σ x l − log(1 + exp(l)) over an event, summed while its terms are in the cache, with the gradient
 * x − sigmoid(l). Each thread takes a slice of the examples.
 */
public final class BernoulliSeam extends Seam {
    private static final int LOGITS = 1;
    private static final int VALUE = 2;

    /** Fewer elements, about 20 µs of work, are not worth a second thread. */
    private static final long WORTH_SHARING = 1 << 14;

    private final long samples;
    private final long examples;
    private final long pixels;

    private BernoulliSeam(Tensor logProb, Operand logits, Operand value, long pixels) {
        super(logProb, logits, value);
        long elements = value.handle().numel();
        this.pixels = pixels;
        this.examples = elements / pixels;
        this.samples = logits.handle().numel() / elements;
    }

    /** [...] of the logits without the event, or nothing unless both are of a kind that is computed here. */
    public static @Nullable Joined apply(Operand logits, Operand value, int eventRank) {
        if (!fits(logits, value, eventRank)) {
            return null;
        }
        long[] sizes = logits.sizes();
        int batchRank = sizes.length - eventRank;
        long pixels = Arrays.stream(sizes, batchRank, sizes.length).reduce(1, (a, b) -> a * b);
        Tensor logProb = torch.torch_empty(
                Arrays.copyOf(sizes, batchRank), logits.handle().options(), new MemoryFormatOptional());
        BernoulliSeam seam = new BernoulliSeam(logProb, logits, value, pixels);
        try (NoGradients off = new NoGradients()) {
            seam.forward();
        }
        return seam.joined(GradMode.is_enabled() && logits.requiresGradient());
    }

    /** On one device, of one real type, x the same for all samples. */
    private static boolean fits(Operand logits, Operand value, int eventRank) {
        return logits.isReal()
                && logits.isLike(value)
                && !(GradMode.is_enabled() && value.requiresGradient())
                && value.rank() >= eventRank
                && value.handle().numel() > 0
                && logits.rank() >= value.rank()
                && endsWith(logits.sizes(), value.sizes());
    }

    private static boolean endsWith(long[] sizes, long[] last) {
        return Arrays.equals(sizes, sizes.length - last.length, sizes.length, last, 0, last.length);
    }

    /** Infinite logits are rare, and make sums that are NaN: only then are they looked for. A card need not be waited for. */
    private void forward() {
        Tensor sums = handle(0).view(samples, examples);
        if (sums.is_cuda()) {
            sum(sums, BernoulliSeam::limits);
            return;
        }
        sum(sums, BernoulliSeam::terms);
        if (sums.isnan().any().item_bool()) {
            sum(sums, BernoulliSeam::limits);
        }
    }

    private void sum(Tensor sums, BinaryOperator<Tensor> terms) {
        share((l, x, slice) ->
                torch.sum_out(slice.of(sums, 1), terms.apply(l, x), -1).neg_());
    }

    /** log(1 + exp(l)) − x l, [K, B', D]. */
    private static Tensor terms(Tensor l, Tensor x) {
        try (Scalar minus = new Scalar(-1.0)) {
            return torch.softplus(l).addcmul_(l, x, minus);
        }
    }

    /** The same, and where a logit is infinite its limit: 0 where x is what the coin must show, ∞ elsewhere. */
    private static Tensor limits(Tensor l, Tensor x) {
        try (Scalar zero = new Scalar(0.0);
                Scalar infinity = new Scalar(Double.POSITIVE_INFINITY)) {
            Tensor certain = l.isinf();
            Tensor agrees = x.eq(l.gt(zero));
            return terms(l, x).masked_fill_(certain, infinity).masked_fill_(certain.logical_and(agrees), zero);
        }
    }

    @Override
    void backward(Tensor gradient) {
        Tensor weights = gradient.reshape(samples, examples, 1).neg();
        Tensor ofLogits = torch.torch_empty(
                new long[] {samples, examples, pixels}, handle(LOGITS).options(), new MemoryFormatOptional());
        share((l, x, slice) -> {
            Tensor target = slice.of(ofLogits, 1);
            torch.sigmoid_out(target, l);
            target.sub_(x).mul_(slice.of(weights, 1));
        });
        pass(LOGITS, ofLogits.view_as(handle(LOGITS)));
    }

    private interface Work {
        void on(Tensor logits, Tensor value, Slice slice);
    }

    private void share(Work work) {
        Tensor l = handle(LOGITS).reshape(samples, examples, pixels);
        Tensor x = handle(VALUE).reshape(examples, pixels);
        int parts = Team.parts(!l.is_cuda() && samples * examples * pixels >= WORTH_SHARING);
        Team.share(examples, parts, slice -> work.on(slice.of(l, 1), slice.of(x, 0), slice));
    }
}
