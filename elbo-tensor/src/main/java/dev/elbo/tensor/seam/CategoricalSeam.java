package dev.elbo.tensor.seam;

import dev.elbo.tensor.team.Slice;
import dev.elbo.tensor.team.Team;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * log p(c) = l_c − log Σ exp(l) of one of C classes, with the gradient [c = i] − softmax(l)ᵢ. Each thread takes some of the rows,
 * and few of them at a time, so that what is computed of a row is in its cache until it is no longer needed: of 10,000 words
 * the logits of a batch are larger than any cache, and a pass over them takes as long as a product.
 */
public final class CategoricalSeam extends Seam {
    private static final int LOGITS = 1;
    private static final int CLASS = 2;

    /** log Σ exp(l), [N, 1]. */
    private static final int NORMALISER = 3;

    private static final long[] CLASSES = {1};

    /** Fewer elements, about 20 µs of work, are not worth a second thread. */
    private static final long WORTH_SHARING = 1 << 14;

    /** Elements of the rows that are taken at a time, with what is made of them: half of a cache of 512 KiB. */
    private static final long AT_A_TIME = 1 << 15;

    private CategoricalSeam(Tensor logProb, Operand logits, Operand chosen, Operand normaliser) {
        super(logProb, logits, chosen, normaliser);
    }

    /**
     * [...], or nothing unless all are of a kind that is computed here: on the processor, and row by row.
     *
     * @param logits [..., C]
     * @param chosen INT64 [...]
     */
    public static @Nullable Joined apply(Operand logits, Operand chosen) {
        if (!fits(logits, chosen)) {
            return null;
        }
        Tensor logProb = empty(logits, chosen.sizes());
        Operand normaliser = Operand.kept(empty(logits, chosen.handle().numel(), 1));
        CategoricalSeam seam = new CategoricalSeam(logProb, logits, chosen, normaliser);
        try (NoGradients off = new NoGradients()) {
            seam.forward();
        }
        boolean differentiable = GradMode.is_enabled() && logits.requiresGradient();
        if (!differentiable) {
            normaliser.free();
        }
        return seam.joined(differentiable);
    }

    private static Tensor empty(Operand like, long... sizes) {
        return torch.torch_empty(sizes, like.handle().options(), new MemoryFormatOptional());
    }

    private static boolean fits(Operand logits, Operand chosen) {
        long[] sizes = logits.sizes();
        return logits.isReal()
                && logits.isOnProcessor()
                && logits.handle().is_contiguous()
                && logits.handle().numel() > 0
                && chosen.isOnProcessor()
                && !chosen.isReal()
                && chosen.handle().element_size() == Long.BYTES
                && Arrays.equals(Arrays.copyOf(sizes, sizes.length - 1), chosen.sizes());
    }

    private void forward() {
        Tensor logProb = handle(0).view(-1, 1);
        share((l, chosen, rows) -> {
            Tensor normaliser = rows.of(handle(NORMALISER), 0);
            torch.logsumexp_out(normaliser, l, CLASSES, true);
            torch.sub_out(rows.of(logProb, 0), l.gather(1, chosen), normaliser);
        });
    }

    @Override
    void backward(Tensor gradient) {
        Tensor weights = gradient.reshape(-1, 1);
        Tensor ofLogits = torch.empty_like(handle(LOGITS));
        Tensor inRows = matrix(ofLogits);
        share((l, chosen, rows) -> {
            Tensor target = rows.of(inRows, 0);
            Tensor weight = rows.of(weights, 0);
            torch.sub_out(target, l, rows.of(handle(NORMALISER), 0));
            target.exp_().mul_(weight.neg()).scatter_add_(1, chosen, weight);
        });
        pass(LOGITS, ofLogits);
    }

    private interface Work {
        void on(Tensor logits, Tensor chosen, Slice rows);
    }

    private void share(Work work) {
        Tensor l = matrix(handle(LOGITS));
        Tensor chosen = handle(CLASS).reshape(-1, 1);
        long step = Math.max(1, AT_A_TIME / l.size(1));
        Team.share(l.size(0), Team.parts(l.numel() >= WORTH_SHARING), slice -> {
            long end = slice.from() + slice.length();
            for (long from = slice.from(); from < end; from += step) {
                try (PointerScope temporaries = new PointerScope()) {
                    Slice rows = new Slice(from, Math.min(step, end - from));
                    work.on(rows.of(l, 0), rows.of(chosen, 0), rows);
                }
            }
        });
    }

    private static Tensor matrix(Tensor logits) {
        return logits.view(-1, logits.size(-1));
    }
}
