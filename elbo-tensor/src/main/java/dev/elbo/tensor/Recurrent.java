package dev.elbo.tensor;

import dev.elbo.tensor.seam.GruSeam;
import dev.elbo.tensor.seam.LstmSeam;
import dev.elbo.tensor.seam.Operand;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Recurrent layers: sequences [B, T, in] to the states after each of their steps, [B, T, H]. A layer runs in one direction; the
 * other one is a layer over the flipped sequences, and a deeper network a layer over the states of another.
 */
public final class Recurrent {
    private static final int GRU_GATES = 3;
    private static final int LSTM_GATES = 4;

    private Recurrent() {}

    /**
     * What a layer learns, laid out as PyTorch's: the rows of its gates one after the other, reset, update and new for a GRU,
     * input, forget, cell and output for an LSTM.
     *
     * @param ofInput {@code weight_ih}, [gates · H, in]
     * @param ofHidden {@code weight_hh}, [gates · H, H]
     * @param inputBias {@code bias_ih}, [gates · H]
     * @param hiddenBias {@code bias_hh}, [gates · H]
     */
    public record Weights(Tensor ofInput, Tensor ofHidden, Tensor inputBias, Tensor hiddenBias) {
        private TensorVector vector() {
            return Tensor.vector(ofInput, ofHidden, inputBias, hiddenBias);
        }

        private Operand[] operands() {
            return new Operand[] {ofInput.operand(), ofHidden.operand(), inputBias.operand(), hiddenBias.operand()};
        }
    }

    /**
     * What a GRU has gone through.
     *
     * @param all the states after each step, [B, T, H]
     * @param last the state after the last step, [B, H]
     */
    public record States(Tensor all, Tensor last) {}

    /**
     * The state of an LSTM.
     *
     * @param output h, [B, H]
     * @param cell c, [B, H]
     */
    public record Memory(Tensor output, Tensor cell) {}

    /**
     * What an LSTM has gone through.
     *
     * @param all h after each step, [B, T, H]
     * @param last the state after the last step
     */
    public record Memories(Tensor all, Memory last) {}

    /**
     * The gated recurrent unit, Cho et al. (2014), with the reset gate behind the product as in cuDNN and PyTorch: r = σ(W_ir x +
     * b_ir + W_hr h + b_hr), z = σ(W_iz x + b_iz + W_hz h + b_hz), n = tanh(W_in x + b_in + r (W_hn h + b_hn)), h' = (1 − z) n +
     * z h. The threads share out the sequences.
     *
     * @param x [B, T, in], T at least 1
     * @param start the state before the first step, [B, H]
     */
    public static States gru(Tensor x, Tensor start, Weights weights) {
        requireFit("gru", GRU_GATES, x, weights, start);
        Tensor rows = x.contiguous();
        Tensor all = Seams.join(
                        () -> isOurs(x) ? GruSeam.apply(rows.operand(), start.operand(), weights.operands()) : null)
                .orElseGet(() -> gruByLibtorch(x, start, weights));
        count(x, all, weights);
        return new States(all, all.get(1, x.size(1) - 1));
    }

    /** The same as an operation of libtorch's. */
    static Tensor gruByLibtorch(Tensor x, Tensor start, Weights weights) {
        return Tensor.call(
                "gru",
                () -> {
                    try (T_TensorTensor_T states = torch.gru(
                            x.handle(), start.handle().unsqueeze(0), weights.vector(), true, 1, 0, true, false, true)) {
                        return new org.bytedeco.pytorch.Tensor(states.get0());
                    }
                },
                x,
                start);
    }

    /** One step of {@link #gru}, for sampling: [B, in] and the state [B, H] → [B, H]. */
    public static Tensor gruCell(Tensor x, Tensor state, Weights weights) {
        return gru(x.unsqueeze(1), state, weights).last();
    }

    /**
     * Long short-term memory, Hochreiter and Schmidhuber (1997), with the forget gate of Gers et al. (2000): i, f, o = σ(W_i x +
     * U_i h + b_i), …, g = tanh(W_g x + U_g h + b_g), c' = f c + i g, h' = o tanh(c'). The threads share out the sequences.
     *
     * @param x [B, T, in], T at least 1
     * @param start the state before the first step
     */
    public static Memories lstm(Tensor x, Memory start, Weights weights) {
        requireFit("lstm", LSTM_GATES, x, weights, start.output(), start.cell());
        Tensor rows = x.contiguous();
        Tensor pair = Tensor.stack(0, start.output(), start.cell());
        Memories memories = Seams.join(
                        () -> isOurs(x) ? LstmSeam.apply(rows.operand(), pair.operand(), weights.operands()) : null)
                .map(states -> memories(states, x.size(1) - 1))
                .orElseGet(() -> lstmByLibtorch(x, start, weights));
        count(x, memories.all(), weights);
        return memories;
    }

    /** Of h and c after each step, [2, B, T, H]. */
    private static Memories memories(Tensor states, long lastStep) {
        Tensor last = states.get(2, lastStep);
        return new Memories(states.get(0, 0), new Memory(last.get(0, 0), last.get(0, 1)));
    }

    /** The same as an operation of libtorch's. */
    static Memories lstmByLibtorch(Tensor x, Memory start, Weights weights) {
        try (T_TensorTensorTensor_T states = torch.lstm(
                x.handle(),
                Tensor.vector(start.output().unsqueeze(0), start.cell().unsqueeze(0)),
                weights.vector(),
                true,
                1,
                0,
                true,
                false,
                true)) {
            Tensor output = new Tensor(new org.bytedeco.pytorch.Tensor(states.get1()));
            Tensor cell = new Tensor(new org.bytedeco.pytorch.Tensor(states.get2()));
            return new Memories(
                    new Tensor(new org.bytedeco.pytorch.Tensor(states.get0())),
                    new Memory(output.squeeze(0), cell.squeeze(0)));
        }
    }

    /** One step of {@link #lstm}, for sampling: [B, in] and the state → the next state. */
    public static Memory lstmCell(Tensor x, Memory state, Weights weights) {
        return lstm(x.unsqueeze(1), state, weights).last();
    }

    private static void count(Tensor x, Tensor states, Weights weights) {
        double gates = (double) x.size(0) * x.size(1) * weights.ofHidden().size(0);
        Arithmetic.count(gates * x.size(2), x, weights.ofInput());
        Arithmetic.count(gates * states.size(2), states, weights.ofHidden());
    }

    /** Whether it is computed here: on the processor, and not empty. */
    private static boolean isOurs(Tensor x) {
        return x.device().kind() == Device.Kind.CPU
                && (x.dtype() == DType.FLOAT32 || x.dtype() == DType.FLOAT64)
                && x.shape().elements() > 0;
    }

    private static void requireFit(String operation, int gates, Tensor x, Weights weights, Tensor... start) {
        if (x.rank() != 3 || x.size(1) == 0 || start[0].rank() != 2) {
            throw new IllegalArgumentException(operation + ": sequences [B, T, in] of at least one step and a state"
                    + " [B, H] were expected; got " + x + " and " + start[0]);
        }
        long hidden = start[0].size(1);
        long rows = gates * hidden;
        for (Tensor part : start) {
            require(operation, "a state", part, x, x.size(0), hidden);
        }
        require(operation, "weights of the input", weights.ofInput(), x, rows, x.size(2));
        require(operation, "weights of the state", weights.ofHidden(), x, rows, hidden);
        require(operation, "biases of the input", weights.inputBias(), x, rows);
        require(operation, "biases of the state", weights.hiddenBias(), x, rows);
    }

    private static void require(String operation, String what, Tensor tensor, Tensor x, long... sizes) {
        Shape shape = Shape.of(sizes);
        if (!tensor.shape().equals(shape)
                || tensor.dtype() != x.dtype()
                || !tensor.device().equals(x.device())) {
            throw new IllegalArgumentException(operation + ": expected " + what + ", " + x.dtype() + " " + shape
                    + " on " + x.device() + "; got " + tensor + " on " + tensor.device());
        }
    }
}
