package dev.elbo.nn;

import dev.elbo.tensor.Tensor;

/**
 * An affine coupling layer: one part z_a of a vector stays, and moves the other. Towards the base, x_b = z_b ⊙ exp(s(z_a)) +
 * t(z_a), Dinh et al. (2017), eq. 7: the direction that a density is computed in takes the fewer operations. Scales are
 * bounded softly, |s| &lt; 2: unbounded, one step of training can make a scale that overflows when it is inverted.
 *
 * @param network [..., a] → [..., 2 b]: what s is made of, then t
 * @param movesUpper whether the upper part of the vector is moved, or the lower; the lower is the smaller of two that differ
 */
public record Coupling(Layer network, boolean movesUpper) implements Bijection {
    private static final double BOUND = 2;

    /**
     * With a network of one hidden layer that starts at 0, so that the layer starts as the identity.
     *
     * @param dims D
     * @param hidden the width of the network's hidden layer
     * @throws IllegalArgumentException if there is no dimension that could stay
     */
    public static Coupling of(int dims, int hidden, boolean movesUpper, Initializer initial) {
        if (dims < 2) {
            throw new IllegalArgumentException("a coupling moves some dimensions by the others; got " + dims
                    + " in all. Set latents to 2 or more");
        }
        int lower = dims / 2;
        int moved = movesUpper ? dims - lower : lower;
        Linear zero = new Linear(initial.constant(0, 2L * moved, hidden), initial.constant(0, 2L * moved));
        return new Coupling(Sequential.of(Linear.of(dims - moved, hidden, initial), Activation.RELU, zero), movesUpper);
    }

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
        // under autocast products may come in fewer digits than densities need
        return network.forward(part(x, !movesUpper), Pass.deterministic()).to(x.dtype());
    }

    private static Tensor logScale(Tensor parameters) {
        return parameters.half(0).tanh().times(BOUND);
    }

    private Tensor moved(Tensor x) {
        return part(x, movesUpper);
    }

    private static Tensor part(Tensor x, boolean upper) {
        long lower = x.size(-1) / 2;
        return upper ? x.narrow(-1, lower, x.size(-1) - lower) : x.narrow(-1, 0, lower);
    }

    private Tensor join(Tensor x, Tensor moved) {
        Tensor stays = part(x, !movesUpper);
        return movesUpper ? Tensor.cat(-1, stays, moved) : Tensor.cat(-1, moved, stays);
    }
}
