package dev.elbo.tensor.seam;

import dev.elbo.tensor.team.Team;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * a + b where both learn, at which gradients meet.
 *
 * <p>libtorch hands one gradient to both, and where a and b are views, as the maps of a convolution that were brought to another
 * shape, lets both keep views of it as theirs. That is safe in one pass over a graph. Here every seam is a pass of its own: the next
 * one that reaches a adds to its gradient in place, and thereby to that of b. So each gets a gradient of its own.
 *
 * <p>And along a path of residuals every seam reads a sum, and would send its gradient back through all sums before it: the work
 * would grow with the square of their number. Here what arrives at a sum is added up first, and goes on once.
 */
public final class SumSeam extends Seam {
    private static final int A = 1;
    private static final int B = 2;

    /** Fewer elements, about 10 µs of work, are not worth a second thread. */
    private static final long WORTH_SHARING = 1 << 15;

    private SumSeam(Tensor output, Operand a, Operand b) {
        super(output, a, b);
    }

    /** a + b, or nothing unless both need a gradient, and are of one type and shape. */
    public static @Nullable Joined apply(Operand a, Operand b) {
        if (!fits(a, b)) {
            return null;
        }
        try (NoGradients off = new NoGradients()) {
            return new SumSeam(sum(a.handle(), b.handle()), a, b).open();
        }
    }

    /** Numbers of rank 0 are left to libtorch: no seam puts one out. */
    private static boolean fits(Operand a, Operand b) {
        return GradMode.is_enabled()
                && a.requiresGradient()
                && b.requiresGradient()
                && a.rank() > 0
                && a.isReal()
                && a.isLike(b)
                && Arrays.equals(a.sizes(), b.sizes());
    }

    private static Tensor sum(Tensor a, Tensor b) {
        int parts = Team.parts(!a.is_cuda() && a.numel() >= WORTH_SHARING);
        if (parts == 1 || !a.is_non_overlapping_and_dense()) {
            return a.add(b);
        }
        Tensor y = torch.empty_like(a);
        int longest = a.size(0) > 1 || a.dim() == 1 ? 0 : 1;
        Team.share(
                y.size(longest),
                parts,
                slice -> torch.add_out(slice.of(y, longest), slice.of(a, longest), slice.of(b, longest)));
        return y;
    }

    @Override
    void backward(Tensor gradient) {
        pass(B, torch.empty_like(handle(B)).copy_(gradient));
        pass(A, lies(A, gradient) ? gradient : torch.empty_like(handle(A)).copy_(gradient));
    }

    /** libtorch wants the gradient of a leaf to lie as the leaf does. */
    private boolean lies(int input, Tensor gradient) {
        Tensor leaf = handle(input);
        return IntStream.range(0, (int) leaf.dim()).allMatch(i -> leaf.stride(i) == gradient.stride(i));
    }
}
