package dev.elbo.nn;

import dev.elbo.tensor.Nonlinearity;
import dev.elbo.tensor.Tensor;

/**
 * A step of an inverse autoregressive flow, z' = σ(s) ⊙ z + (1 − σ(s)) ⊙ m, in which m and s of a dimension see a context
 * and the dimensions before it alone: the Jacobian is triangular. Kingma et al. (2016), eq. 13 and 14. The inverse would
 * take as many passes as there are dimensions, so there is none.
 *
 * @param hidden from z and the context to a hidden layer
 * @param output from the hidden layer to m, then s
 */
public record AutoregressiveStep(MaskedLinear hidden, MaskedLinear output) implements Module {
    /** σ(2) = 0.88: a step starts near the identity, as the paper advises. */
    private static final double OPEN = 2;

    /**
     * With initial weights.
     *
     * @param dims D
     * @param contexts the width of the context
     * @param width of the hidden layer
     * @param fromLast whether the order of dimensions is from the last to the first
     */
    public static AutoregressiveStep of(int dims, int contexts, int width, boolean fromLast, Initializer initial) {
        MaskedLinear output = Made.output(dims, width, 2, fromLast, initial);
        output.bias().detach().narrow(0, dims, dims).fill(OPEN);
        return new AutoregressiveStep(Made.hidden(dims, contexts, width, fromLast, initial), output);
    }

    /**
     * z' with log |det ∂z'/∂z| = Σ log σ(s).
     *
     * @param z [..., D]
     * @param h the context, [..., C], expanded to the leading dimensions of z
     */
    public Bijection.Image forward(Tensor z, Tensor h) {
        Tensor seen = Tensor.cat(-1, z, h.expand(z.shape().dropLast(1).append(h.size(-1))));
        Tensor units = hidden.then(Nonlinearity.RELU, seen);
        // under autocast products may come in fewer digits than densities need
        Tensor p = output.forward(units, Pass.deterministic()).to(z.dtype());
        Tensor m = p.half(0);
        Tensor s = p.half(1);
        Tensor moved = m.plusProduct(s.sigmoid(), z.minus(m)); // σ z + (1 − σ) m
        return new Bijection.Image(moved, s.logSigmoid().sum(-1));
    }
}
