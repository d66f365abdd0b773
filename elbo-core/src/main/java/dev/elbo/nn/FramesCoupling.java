package dev.elbo.nn;

import dev.elbo.tensor.Tensor;

/**
 * An affine coupling along a sequence, given what is known of each step: the half of a step's vector that stays moves the other half, and
 * so do its neighbours and the context. Kim et al. (2021), VITS, section 2.2; Dinh et al. (2017), eq. 7. Scales are bounded softly, |s|
 * &lt; 2, as those of {@link Coupling}.
 *
 * @param of from the half that stays, [H, a]
 * @param context from what is known, [H, C]
 * @param out to scales and shifts of the half that moves, [2 b, H]; 0 at first, so that it starts as the identity
 * @param movesUpper whether the upper half of a vector moves
 */
public record FramesCoupling(Linear of, Linear context, ConvolutionStack stack, Linear out, boolean movesUpper)
        implements Module {
    private static final int WIDTH = 3;
    private static final double BOUND = 2;

    /**
     * With initial weights.
     *
     * @param dims D, of a step's vector
     * @param known numbers that are known of a step
     * @throws IllegalArgumentException if there is no dimension that could stay
     */
    public static FramesCoupling of(int dims, long known, long width, boolean movesUpper, Initializer initial) {
        if (dims < 2) {
            throw new IllegalArgumentException("a coupling moves some dimensions by the others; got " + dims
                    + " in all. Set latents to 2 or more");
        }
        int lower = dims / 2;
        int moved = movesUpper ? dims - lower : lower;
        return new FramesCoupling(
                Linear.of(dims - moved, width, initial),
                Linear.of(known, width, initial),
                ConvolutionStack.of(1, width, WIDTH, initial),
                new Linear(initial.constant(0, 2L * moved, width), initial.constant(0, 2L * moved)),
                movesUpper);
    }

    /**
     * The map of one sequence's steps, [..., B, T, D].
     *
     * @param known [B, T, C]
     * @param mask 1 at steps that count and 0 at padding, which stays as it is, [B, T, 1]
     */
    public Bijection given(Tensor known, Tensor mask, Pass pass) {
        return new Given(this, context.forward(known, pass), mask);
    }

    /**
     * The map, given what is known. The logarithm of its determinant is one of each step, [..., B, T].
     *
     * @param context [B, T, H]
     */
    private record Given(FramesCoupling layer, Tensor context, Tensor mask) implements Bijection {
        @Override
        public Image forward(Tensor x) {
            Tensor p = parameters(x);
            Tensor s = logScale(p);
            Tensor moved = moved(x).minus(p.half(1)).times(s.negate().exp());
            return new Image(join(x, moved), s.sum(-1).negate());
        }

        @Override
        public Image inverse(Tensor y) {
            Tensor p = parameters(y);
            Tensor s = logScale(p);
            return new Image(join(y, p.half(1).plusProduct(moved(y), s.exp())), s.sum(-1));
        }

        private Tensor parameters(Tensor x) {
            Pass pass = Pass.deterministic();
            Tensor seen = layer.of.forward(part(x, !layer.movesUpper), pass).plus(context);
            // under autocast products may come in fewer digits than densities need
            return layer.out
                    .forward(layer.stack.among(seen, mask, pass), pass)
                    .to(x.dtype())
                    .times(mask);
        }

        private static Tensor logScale(Tensor parameters) {
            return parameters.half(0).tanh().times(BOUND);
        }

        private Tensor moved(Tensor x) {
            return part(x, layer.movesUpper);
        }

        private static Tensor part(Tensor x, boolean upper) {
            long lower = x.size(-1) / 2;
            return upper ? x.narrow(-1, lower, x.size(-1) - lower) : x.narrow(-1, 0, lower);
        }

        private Tensor join(Tensor x, Tensor moved) {
            Tensor stays = part(x, !layer.movesUpper);
            return layer.movesUpper ? Tensor.cat(-1, stays, moved) : Tensor.cat(-1, moved, stays);
        }
    }
}
