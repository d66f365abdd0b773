package dev.elbo.nn;

import dev.elbo.tensor.Nonlinearity;
import dev.elbo.tensor.Tensor;

/**
 * A layer of a masked autoregressive flow, y = x ⊙ exp(α(y)) + μ(y), in which α and μ of a dimension see the dimensions of y
 * before it alone. Papamakarios et al. (2017), eq. 3 and 4. The inverse, which a density needs, is one pass; the map itself finds
 * one dimension after another. Scales are bounded softly, |α| &lt; 2, as those of a {@link Coupling} are.
 *
 * @param hidden from y to a hidden layer
 * @param output from the hidden layer to μ, then α
 * @param fromLast whether the order of dimensions is from the last to the first
 */
public record AutoregressiveLayer(MaskedLinear hidden, MaskedLinear output, boolean fromLast) implements Bijection {
    private static final double BOUND = 2;

    /**
     * With a network that starts at 0, so that the layer starts as the identity.
     *
     * @param dims D
     * @param width of the hidden layer
     */
    public static AutoregressiveLayer of(int dims, int width, boolean fromLast, Initializer initial) {
        MaskedLinear hidden = Made.hidden(dims, 0, width, fromLast, initial);
        MaskedLinear output = Made.output(dims, width, 2, fromLast, initial);
        output.weight().detach().fill(0);
        return new AutoregressiveLayer(hidden, output, fromLast);
    }

    @Override
    public Image forward(Tensor x) {
        Tensor y = x.detach().zerosLike();
        Tensor p = parameters(y);
        for (long place = 0; place < x.size(-1); place++) {
            long dim = fromLast ? x.size(-1) - 1 - place : place;
            Tensor found = moved(x, p).narrow(-1, dim, 1);
            y = Tensor.cat(-1, y.narrow(-1, 0, dim), found, y.narrow(-1, dim + 1, x.size(-1) - dim - 1));
            p = parameters(y);
        }
        return new Image(y, logScale(p).sum(-1));
    }

    private static Tensor moved(Tensor x, Tensor p) {
        return p.half(0).plusProduct(x, logScale(p).exp());
    }

    @Override
    public Image inverse(Tensor y) {
        Tensor p = parameters(y);
        Tensor alpha = logScale(p);
        return new Image(
                y.minus(p.half(0)).times(alpha.negate().exp()), alpha.sum(-1).negate());
    }

    private Tensor parameters(Tensor y) {
        Tensor units = hidden.then(Nonlinearity.RELU, y);
        // under autocast products may come in fewer digits than densities need
        return output.forward(units, Pass.deterministic()).to(y.dtype());
    }

    private static Tensor logScale(Tensor parameters) {
        return parameters.half(1).tanh().times(BOUND);
    }
}
