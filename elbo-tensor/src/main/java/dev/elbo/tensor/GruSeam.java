package dev.elbo.tensor;

import org.bytedeco.pytorch.global.torch;

/**
 * The gated recurrent unit: r = σ(i_r + s_r), z = σ(i_z + s_z), n = tanh(i_n + r s_n), h' = (1 − z) n + z h, where i are
 * what the input adds and s what the state before adds.
 */
final class GruSeam extends RecurrentSeam {
    private static final int GATES = 3;

    /** s of all steps, [B, T, 3 H]. */
    private static final int FROM_STATE = START + 1;

    private GruSeam(Tensor y, Tensor x, Recurrent.Weights weights, Tensor gates, Tensor start, Tensor fromState) {
        super(y, x, weights, gates, start, fromState);
    }

    /** The states after each step, [B, T, H]; x, start and weights are of one real type, on the processor, and fit. */
    static Tensor apply(Tensor x, Tensor start, Recurrent.Weights weights, boolean differentiable) {
        long hidden = start.size(1);
        Tensor y = buffer(x, hidden);
        Tensor gates = buffer(x, GATES * hidden);
        return new GruSeam(y, x, weights, gates, start, buffer(x, GATES * hidden)).run(differentiable, y);
    }

    @Override
    void forward(Slice sequences) {
        org.bytedeco.pytorch.Tensor gates = sequences.of(gates(), 0);
        org.bytedeco.pytorch.Tensor fromState = sequences.of(handle(FROM_STATE), 0);
        org.bytedeco.pytorch.Tensor y = sequences.of(handle(0), 0);
        org.bytedeco.pytorch.Tensor weight = hiddenWeight().t();
        org.bytedeco.pytorch.Tensor h = ofSequences(sequences, handle(START));
        for (long t = 0; t < steps(); t++) {
            org.bytedeco.pytorch.Tensor s = fromState.select(1, t); // [B', 3 H]
            org.bytedeco.pytorch.Tensor gate = gates.select(1, t);
            MatrixProduct.into(s, h, weight, hiddenBias());
            resetAndUpdate(gate).add_(resetAndUpdate(s)).sigmoid_();
            org.bytedeco.pytorch.Tensor n = part(gate, 2);
            n.addcmul_(part(gate, 0), part(s, 2)).tanh_();
            org.bytedeco.pytorch.Tensor next = y.select(1, t);
            torch.lerp_out(next, n, h, part(gate, 1));
            h = next;
        }
    }

    private org.bytedeco.pytorch.Tensor resetAndUpdate(org.bytedeco.pytorch.Tensor gates) {
        return gates.narrow(1, 0, 2 * hidden());
    }

    /** That of r, 0, z, 1, or n, 2. */
    private org.bytedeco.pytorch.Tensor part(org.bytedeco.pytorch.Tensor gates, int which) {
        return gates.narrow(1, which * hidden(), hidden());
    }

    @Override
    OfGates emptyGradients() {
        return new OfGates(torch.empty_like(gates()), torch.empty_like(gates()));
    }

    @Override
    void backward(
            Slice sequences,
            org.bytedeco.pytorch.Tensor gradient,
            OfGates ofGates,
            org.bytedeco.pytorch.Tensor ofStart) {
        org.bytedeco.pytorch.Tensor gates = sequences.of(gates(), 0);
        org.bytedeco.pytorch.Tensor fromState = sequences.of(handle(FROM_STATE), 0);
        org.bytedeco.pytorch.Tensor y = sequences.of(handle(0), 0);
        org.bytedeco.pytorch.Tensor ofY = sequences.of(gradient, 0);
        org.bytedeco.pytorch.Tensor ofInput = sequences.of(ofGates.input(), 0);
        org.bytedeco.pytorch.Tensor ofState = sequences.of(ofGates.hidden(), 0);
        org.bytedeco.pytorch.Tensor start = ofSequences(sequences, handle(START));
        org.bytedeco.pytorch.Tensor ofH = torch.zeros_like(start);
        org.bytedeco.pytorch.Tensor arrived = torch.empty_like(ofH);
        for (long t = steps() - 1; t >= 0; t--) {
            torch.add_out(arrived, ofH, ofY.select(1, t));
            org.bytedeco.pytorch.Tensor before = t == 0 ? start : y.select(1, t - 1);
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
            org.bytedeco.pytorch.Tensor gate,
            org.bytedeco.pytorch.Tensor s,
            org.bytedeco.pytorch.Tensor before,
            org.bytedeco.pytorch.Tensor arrived,
            org.bytedeco.pytorch.Tensor ofH,
            org.bytedeco.pytorch.Tensor ofInput,
            org.bytedeco.pytorch.Tensor ofState) {
        org.bytedeco.pytorch.Tensor z = part(gate, 1);
        org.bytedeco.pytorch.Tensor n = part(gate, 2);
        org.bytedeco.pytorch.Tensor ofN = part(ofInput, 2);
        torch.mul_out(ofH, arrived, z);
        torch.sub_out(ofN, arrived, ofH); // (1 − z) times what arrived
        torch.tanh_backward_out(ofN, ofN, n);
        torch.mul_out(part(ofInput, 0), ofN, s);
        torch.sub_out(part(ofInput, 1), before, n).mul_(arrived);
        org.bytedeco.pytorch.Tensor ofSigmoids = resetAndUpdate(ofInput);
        torch.sigmoid_backward_out(ofSigmoids, ofSigmoids, resetAndUpdate(gate));
        resetAndUpdate(ofState).copy_(ofSigmoids);
        torch.mul_out(part(ofState, 2), ofN, part(gate, 0));
    }

    @Override
    org.bytedeco.pytorch.Tensor statesBefore() {
        return shifted(handle(START), handle(0));
    }
}
