package dev.elbo.tensor;

import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;

/**
 * log p(x) = Σ x l − log(1 + exp(l)) over an event, summed while its terms are in the cache, with the gradient
 * x − sigmoid(l). Each thread takes a slice of the examples.
 */
final class BernoulliSeam extends Seam {
    private static final int LOGITS = 1;
    private static final int VALUE = 2;

    /** Fewer elements, about 20 µs of work, are not worth a second thread. */
    private static final long WORTH_SHARING = 1 << 14;

    private final long samples;
    private final long examples;
    private final long pixels;

    private BernoulliSeam(Tensor logProb, Tensor logits, Tensor value, int eventRank) {
        super(logProb, logits, value);
        Shape shape = value.shape();
        this.pixels = shape.last(eventRank).elements();
        this.examples = shape.elements() / pixels;
        this.samples = logits.shape().elements() / shape.elements();
    }

    /** Whether the two are of a kind that is computed here: on one device, of one real type, x the same for all samples. */
    static boolean fits(Tensor logits, Tensor value, int eventRank) {
        DType type = logits.dtype();
        Shape shape = value.shape();
        return (type == DType.FLOAT32 || type == DType.FLOAT64)
                && Seams.mayCut()
                && value.dtype() == type
                && logits.device().equals(value.device())
                && !(GradientMode.isOn() && value.requiresGradient())
                && shape.rank() >= eventRank
                && shape.elements() > 0
                && logits.rank() >= shape.rank()
                && logits.shape().last(shape.rank()).equals(shape);
    }

    static Tensor apply(Tensor logits, Tensor value, int eventRank) {
        boolean differentiable = GradientMode.isOn() && logits.requiresGradient();
        Tensor logProb =
                Tensor.empty(logits.dtype(), logits.device(), logits.shape().dropLast(eventRank));
        BernoulliSeam seam = new BernoulliSeam(logProb, logits, value, eventRank);
        try (GradientMode off = GradientMode.off()) {
            seam.forward();
        }
        return differentiable ? seam.open() : logProb;
    }

    private void forward() {
        org.bytedeco.pytorch.Tensor sums = handle(0).view(samples, examples);
        share((l, x, slice) -> {
            org.bytedeco.pytorch.Tensor terms = torch.softplus(l);
            try (Scalar minus = new Scalar(-1.0)) {
                terms.addcmul_(l, x, minus); // [K, B', D]
            }
            torch.sum_out(slice.of(sums, 1), terms, -1).neg_();
        });
    }

    @Override
    void backward(org.bytedeco.pytorch.Tensor gradient) {
        org.bytedeco.pytorch.Tensor weights =
                gradient.reshape(samples, examples, 1).neg();
        org.bytedeco.pytorch.Tensor ofLogits = torch.torch_empty(
                new long[] {samples, examples, pixels}, handle(LOGITS).options(), new MemoryFormatOptional());
        share((l, x, slice) -> {
            org.bytedeco.pytorch.Tensor target = slice.of(ofLogits, 1);
            torch.sigmoid_out(target, l);
            target.sub_(x).mul_(slice.of(weights, 1));
        });
        pass(LOGITS, ofLogits.view_as(handle(LOGITS)));
    }

    private interface Work {
        void on(org.bytedeco.pytorch.Tensor logits, org.bytedeco.pytorch.Tensor value, Slice slice);
    }

    private void share(Work work) {
        org.bytedeco.pytorch.Tensor l = handle(LOGITS).reshape(samples, examples, pixels);
        org.bytedeco.pytorch.Tensor x = handle(VALUE).reshape(examples, pixels);
        int parts = Team.parts(!l.is_cuda() && samples * examples * pixels >= WORTH_SHARING);
        Team.share(examples, parts, slice -> work.on(slice.of(l, 1), slice.of(x, 0), slice));
    }
}
