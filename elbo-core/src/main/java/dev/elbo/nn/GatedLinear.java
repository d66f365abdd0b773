package dev.elbo.nn;

import dev.elbo.tensor.Tensor;

/**
 * y = value(x) ⊙ σ(gate(x)): [..., in] → [..., out]. Dauphin et al. (2017), eq. 1.
 */
public record GatedLinear(Linear value, Linear gate) implements Layer {

    /** With initial weights. */
    public static GatedLinear of(long in, long out, Initializer initial) {
        return new GatedLinear(Linear.of(in, out, initial), Linear.of(in, out, initial));
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return value.forward(x, pass).times(gate.forward(x, pass).sigmoid());
    }
}
