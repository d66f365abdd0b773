package dev.elbo.nn;

import dev.elbo.tensor.Recurrent;
import dev.elbo.tensor.Shape;
import dev.elbo.tensor.Tensor;

/**
 * Long short-term memory, Hochreiter and Schmidhuber (1997): [..., T, in] → [..., T, H], from a memory of zeros.
 *
 * @param weight_ih [4 H, in]; named as in PyTorch, like the others
 * @param weight_hh [4 H, H]
 * @param bias_ih [4 H]
 * @param bias_hh [4 H]
 */
@SuppressWarnings("RecordComponentName") // PyTorch's checkpoint keys
public record Lstm(Tensor weight_ih, Tensor weight_hh, Tensor bias_ih, Tensor bias_hh) implements Layer {
    private static final int GATES = 4;

    /** With initial weights, each gate's as those of a layer of its own. */
    public static Lstm of(long in, long hidden, Initializer initial) {
        return new Lstm(
                initial.weight((double) in, (double) hidden, GATES * hidden, in),
                initial.weight((double) hidden, (double) hidden, GATES * hidden, hidden),
                initial.constant(0, GATES * hidden),
                initial.constant(0, GATES * hidden));
    }

    /** The size of its output. */
    public long hidden() {
        return weight_hh.size(1);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        Shape leading = x.shape().dropLast(2);
        Tensor rows = x.reshape(x.shape().last(2).prepend(leading.elements()));
        Tensor none = Tensor.zeros(x.device(), rows.size(0), hidden());
        Tensor states = states(rows, new Recurrent.Memory(none, none)).all();
        return states.reshape(states.shape().last(2).prepend(leading.sizes()));
    }

    /** The outputs after each step, [B, T, H], and the last memory, from a first one. */
    public Recurrent.Memories states(Tensor x, Recurrent.Memory start) {
        return Recurrent.lstm(x, start, new Recurrent.Weights(weight_ih, weight_hh, bias_ih, bias_hh));
    }

    /** The memory after one more step, [B, in]. */
    public Recurrent.Memory next(Tensor x, Recurrent.Memory memory) {
        return Recurrent.lstmCell(x, memory, new Recurrent.Weights(weight_ih, weight_hh, bias_ih, bias_hh));
    }
}
