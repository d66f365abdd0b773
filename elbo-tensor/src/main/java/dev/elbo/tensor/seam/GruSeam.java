package dev.elbo.tensor.seam;

import dev.elbo.tensor.onednn.MatrixProduct;
import dev.elbo.tensor.team.Slice;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The gated recurrent unit: r = σ(i_r + s_r), z = σ(i_z + s_z), n = tanh(i_n + r s_n), h' = (1 − z) n + z h, where i are
 * what the input adds and s what the state before adds.
 */
public final class GruSeam extends RecurrentSeam {
    private static final int GATES = 3;

    /** s of all steps, [B, T, 3 H]. */
    private static final int FROM_STATE = MORE;

    private GruSeam(Tensor y, Operand x, Operand[] weights, Tensor gates, Operand start, Tensor fromState) {
        super(y, x, weights, gates, start, fromState);
    }

    /**
     * The states after each step, [B, T, H].
     *
     * @param x row by row, of one real type with all others, on the processor, fitting and not empty
     * @param weights of the input, of the state, and the biases of both
     */
    public static Joined apply(Operand x, Operand start, Operand... weights) {
        long hidden = start.size(1);
        Tensor y = buffer(x, hidden);
        return new GruSeam(y, x, weights, buffer(x, GATES * hidden), start, buffer(x, GATES * hidden)).run();
    }

    @Override
    void forward(Slice sequences) {
        Tensor gates = sequences.of(gates(), 0);
        Tensor fromState = sequences.of(handle(FROM_STATE), 0);
        Tensor y = sequences.of(handle(0), 0);
        Tensor weight = hiddenWeight().t();
        Tensor h = ofSequences(sequences, handle(START));
        for (long t = 0; t < steps(); t++) {
            Tensor s = fromState.select(1, t); // [B', 3 H]
            Tensor gate = gates.select(1, t);
            MatrixProduct.into(s, h, weight, hiddenBias());
            resetAndUpdate(gate).add_(resetAndUpdate(s)).sigmoid_();
            Tensor n = part(gate, 2);
            n.addcmul_(part(gate, 0), part(s, 2)).tanh_();
            Tensor next = y.select(1, t);
            torch.lerp_out(next, n, h, part(gate, 1));
            h = next;
        }
    }

    private Tensor resetAndUpdate(Tensor gates) {
        return gates.narrow(1, 0, 2 * hidden());
    }

    /** That of r, 0, z, 1, or n, 2. */
    private Tensor part(Tensor gates, int which) {
        return gates.narrow(1, which * hidden(), hidden());
    }

    @Override
    OfGates emptyGradients() {
        return new OfGates(torch.empty_like(gates()), torch.empty_like(gates()));
    }

    @Override
    void backward(Slice sequences, Tensor gradient, OfGates ofGates, Tensor ofStart) {
        Tensor gates = sequences.of(gates(), 0);
        Tensor fromState = sequences.of(handle(FROM_STATE), 0);
        Tensor y = sequences.of(handle(0), 0);
        Tensor ofY = sequences.of(gradient, 0);
        Tensor ofInput = sequences.of(ofGates.input(), 0);
        Tensor ofState = sequences.of(ofGates.hidden(), 0);
        Tensor start = ofSequences(sequences, handle(START));
        Tensor ofH = torch.zeros_like(start);
        Tensor arrived = torch.empty_like(ofH);
        for (long t = steps() - 1; t >= 0; t--) {
            torch.add_out(arrived, ofH, ofY.select(1, t));
            Tensor before = t == 0 ? start : y.select(1, t - 1);
            step(
                    gates.select(1, t),
                    part(fromState.select(1, t), 2),
                    before,
                    arrived,
                    ofH,
                    ofInput.select(1, t),
                    ofState.select(1, t));
            MatrixProduct.addTo(ofH, ofState.select(1, t), hiddenWeight());
        }
        ofStart.copy_(ofH);
    }

    /** @param ofH becomes what goes back by the update gate alone */
    private void step(
            Tensor gate, Tensor s, Tensor before, Tensor arrived, Tensor ofH, Tensor ofInput, Tensor ofState) {
        Tensor z = part(gate, 1);
        Tensor n = part(gate, 2);
        Tensor ofN = part(ofInput, 2);
        torch.mul_out(ofH, arrived, z);
        torch.sub_out(ofN, arrived, ofH); // (1 − z) times what arrived
        torch.tanh_backward_out(ofN, ofN, n);
        torch.mul_out(part(ofInput, 0), ofN, s);
        torch.sub_out(part(ofInput, 1), before, n).mul_(arrived);
        Tensor ofSigmoids = resetAndUpdate(ofInput);
        torch.sigmoid_backward_out(ofSigmoids, ofSigmoids, resetAndUpdate(gate));
        resetAndUpdate(ofState).copy_(ofSigmoids);
        torch.mul_out(part(ofState, 2), ofN, part(gate, 0));
    }

    @Override
    Tensor statesBefore() {
        return shifted(handle(START), handle(0));
    }
}
