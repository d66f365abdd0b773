package dev.elbo.tensor.seam;

import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Samples and divergences of N(loc, exp(logVar)) where the two are the halves of one tensor h, [..., 2 D], as a network puts
 * them out: a handful of operations, each too small to be shared out, whose gradients are added directly to h's.
 */
public final class NormalSeam extends Seam {
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

    private NormalSeam(Kind kind, Tensor output, Operand... inputs) {
        super(output, inputs);
        this.kind = kind;
    }

    /** [K, ...] of loc's shape behind K, or nothing unless epsilon is like h. */
    public static @Nullable Joined sample(Operand h, Operand epsilon) {
        if (!h.isReal() || !h.isLike(epsilon)) {
            return null;
        }
        try (NoGradients off = new NoGradients()) {
            Tensor deviation = half(h.handle(), 1).mul(scalar(0.5)).exp_();
            Tensor z = torch.addcmul(half(h.handle(), 0), deviation, epsilon.handle());
            return new NormalSeam(Kind.SAMPLE, z, h, epsilon).open();
        }
    }

    /** [...] of loc's shape, in nats, or nothing unless the other normal is constant, and like h. */
    public static @Nullable Joined divergence(Operand h, Operand otherLoc, Operand otherLogVar) {
        if (!h.isReal() || !isConstantFor(h, otherLoc) || !isConstantFor(h, otherLogVar)) {
            return null;
        }
        try (NoGradients off = new NoGradients()) {
            Tensor t = half(h.handle(), 1).sub(otherLogVar.handle());
            Tensor distance = half(h.handle(), 0).sub(otherLoc.handle());
            Tensor kl = t.expm1();
            distance.square_().mul_(otherLogVar.handle().neg().exp_());
            kl.add_(distance).sub_(t).mul_(scalar(0.5));
            return new NormalSeam(Kind.DIVERGENCE, kl, h, otherLoc, otherLogVar).open();
        }
    }

    private static boolean isConstantFor(Operand h, Operand other) {
        long[] shape = h.sizes();
        shape[shape.length - 1] /= 2;
        long[] sizes = other.sizes();
        return !other.requiresGradient()
                && h.isLike(other)
                && sizes.length <= shape.length
                && Arrays.equals(shape, shape.length - sizes.length, shape.length, sizes, 0, sizes.length);
    }

    private static Tensor half(Tensor h, int which) {
        long dims = h.size(-1) / 2;
        return h.narrow(-1, which * dims, dims);
    }

    private static Scalar scalar(double value) {
        return new Scalar(value);
    }

    @Override
    void backward(Tensor gradient) {
        Tensor h = handle(H);
        Tensor sum = target(H);
        Tensor ofLoc = half(sum, 0);
        Tensor ofLogVar = half(sum, 1);
        if (kind == Kind.DIVERGENCE) {
            Tensor precision = handle(GIVEN + 1).neg().exp_();
            ofLoc.addcmul_(gradient, half(h, 0).sub(handle(GIVEN)).mul_(precision)); // (loc − loc') / variance'
            ofLogVar.addcmul_(gradient, half(h, 1).sub(handle(GIVEN + 1)).expm1_(), scalar(0.5)); // ½ (exp(t) − 1)
        } else {
            Tensor scaled = half(h, 1).mul(scalar(0.5)).exp_().mul(handle(GIVEN));
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
