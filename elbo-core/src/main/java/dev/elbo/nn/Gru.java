package dev.elbo.nn;

import dev.elbo.tensor.Recurrent;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * A gated recurrent unit, Cho et al. (2014): [..., T, in] → [..., T, H], from a state of zeros.
 *
 * @param weight_ih [3 H, in]; named as in PyTorch, like the others
 * @param weight_hh [3 H, H]
 * @param bias_ih [3 H]
 * @param bias_hh [3 H]
 */
@SuppressWarnings("RecordComponentName") // PyTorch's checkpoint keys
public record Gru(Tensor weight_ih, Tensor weight_hh, Tensor bias_ih, Tensor bias_hh) implements Layer {
    private static final int GATES = 3;

    /** With initial weights, each gate's as those of a layer of its own. */
    public static Gru of(long in, long hidden, Initializer initial) {
        return new Gru(
                initial.weight((double) in, (double) hidden, GATES * hidden, in),
                initial.weight((double) hidden, (double) hidden, GATES * hidden, hidden),
                initial.constant(0, GATES * hidden),
                initial.constant(0, GATES * hidden));
    }

    /** The size of its state. */
    public long hidden() {
        return weight_hh.size(1);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        Shape leading = x.shape().dropLast(2);
        Tensor rows = x.reshape(x.shape().last(2).prepend(leading.elements()));
        Tensor start = Tensor.zeros(x.device(), rows.size(0), hidden());
        Tensor states = states(rows, start);
        return states.reshape(states.shape().last(2).prepend(leading.sizes()));
    }

    /** The states after each step, [B, T, H], from a first one, [B, H]. */
    public Tensor states(Tensor x, Tensor start) {
        return Recurrent.gru(x, start, weights()).all();
    }

    /** The state after one more step: [B, in] and [B, H] → [B, H]. */
    public Tensor next(Tensor x, Tensor state) {
        return Recurrent.gruCell(x, state, weights());
    }

    private Recurrent.Weights weights() {
        return new Recurrent.Weights(weight_ih, weight_hh, bias_ih, bias_hh);
    }
}
