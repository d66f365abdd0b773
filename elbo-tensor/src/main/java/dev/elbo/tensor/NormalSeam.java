package dev.elbo.tensor;

import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;

/**
 * Samples and divergences of N(loc, exp(logVar)) where the two are the halves of one tensor h, [..., 2 D], as a network puts
 * them out: a handful of operations, each too small to be shared out, whose gradients are added directly to h's.
 */
final class NormalSeam extends Seam {
    private static final int H = 1;
    private static final int GIVEN = 2;

    /** What is computed, and how its gradient is. */
    private enum Kind {
        /** loc + exp(logVar / 2) ε, given ε. */
        SAMPLE,
        /** KL(N(loc, exp(logVar)) ‖ another normal), given that one's mean and log-variance. */
        DIVERGENCE
    }

    private final Kind kind;

    private NormalSeam(Kind kind, Tensor... tensors) {
        super(tensors);
        this.kind = kind;
    }

    /** The tensor whose halves loc and logVar are, if that is what they are and gradients are ours to compute. */
    private static Optional<Tensor> halves(Tensor loc, Tensor logVar) {
        Tensor h = loc.lowerHalfOf();
        if (h == null || h != logVar.upperHalfOf()) {
            return Optional.empty();
        }
        boolean fits = (h.dtype() == DType.FLOAT32 || h.dtype() == DType.FLOAT64)
                && GradientMode.isOn()
                && !Seams.areOff()
                && h.requiresGradient()
                && !loc.isHooked()
                && !logVar.isHooked();
        return fits ? Optional.of(h) : Optional.empty();
    }

    /** [K, ...] of loc's shape behind K, if the two are halves. */
    static Optional<Tensor> sample(Tensor loc, Tensor logVar, Tensor epsilon) {
        return halves(loc, logVar).filter(h -> h.dtype() == epsilon.dtype()).map(h -> {
            try (GradientMode off = GradientMode.off()) {
                org.bytedeco.pytorch.Tensor deviation =
                        half(h.handle(), 1).mul(scalar(0.5)).exp_();
                Tensor z = new Tensor(torch.addcmul(half(h.handle(), 0), deviation, epsilon.handle()));
                return new NormalSeam(Kind.SAMPLE, z, h, epsilon).open();
            }
        });
    }

    /** [...] of loc's shape, in nats, if the two are halves and the other normal is constant. */
    static Optional<Tensor> divergence(Tensor loc, Tensor logVar, Tensor otherLoc, Tensor otherLogVar) {
        return halves(loc, logVar)
                .filter(h -> isConstantFor(h, loc, otherLoc) && isConstantFor(h, loc, otherLogVar))
                .map(h -> {
                    try (GradientMode off = GradientMode.off()) {
                        org.bytedeco.pytorch.Tensor t = half(h.handle(), 1).sub(otherLogVar.handle());
                        org.bytedeco.pytorch.Tensor distance =
                                half(h.handle(), 0).sub(otherLoc.handle());
                        Tensor kl = new Tensor(t.expm1());
                        distance.square_().mul_(otherLogVar.handle().neg().exp_());
                        kl.handle().add_(distance).sub_(t).mul_(scalar(0.5));
                        return new NormalSeam(Kind.DIVERGENCE, kl, h, otherLoc, otherLogVar).open();
                    }
                });
    }

    private static boolean isConstantFor(Tensor h, Tensor loc, Tensor other) {
        Shape shape = loc.shape();
        return !other.requiresGradient()
                && other.dtype() == h.dtype()
                && other.rank() <= shape.rank()
                && shape.last(other.rank()).equals(other.shape());
    }

    private static org.bytedeco.pytorch.Tensor half(org.bytedeco.pytorch.Tensor h, int which) {
        long dims = h.size(-1) / 2;
        return h.narrow(-1, which * dims, dims);
    }

    private static Scalar scalar(double value) {
        return new Scalar(value);
    }

    @Override
    void backward(org.bytedeco.pytorch.Tensor gradient) {
        org.bytedeco.pytorch.Tensor h = handle(H);
        org.bytedeco.pytorch.Tensor sum = target(H);
        org.bytedeco.pytorch.Tensor ofLoc = half(sum, 0);
        org.bytedeco.pytorch.Tensor ofLogVar = half(sum, 1);
        if (kind == Kind.DIVERGENCE) {
            org.bytedeco.pytorch.Tensor precision = handle(GIVEN + 1).neg().exp_();
            ofLoc.addcmul_(gradient, half(h, 0).sub(handle(GIVEN)).mul_(precision)); // (loc − loc') / variance'
            ofLogVar.addcmul_(gradient, half(h, 1).sub(handle(GIVEN + 1)).expm1_(), scalar(0.5)); // ½ (exp(t) − 1)
        } else {
            org.bytedeco.pytorch.Tensor scaled =
                    half(h, 1).mul(scalar(0.5)).exp_().mul(handle(GIVEN));
            scaled.mul_(gradient); // [K, ...]
            if (gradient.size(0) == 1) {
                ofLoc.add_(gradient.squeeze(0));
                ofLogVar.add_(scaled.squeeze(0), scalar(0.5));
            } else {
                ofLoc.add_(gradient.sum(0));
                ofLogVar.add_(scaled.sum(0), scalar(0.5));
            }
        }
        passTarget(H, sum);
    }
}
