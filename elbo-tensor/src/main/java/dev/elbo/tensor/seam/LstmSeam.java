package dev.elbo.tensor.seam;

import dev.elbo.tensor.onednn.MatrixProduct;
import dev.elbo.tensor.team.Slice;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Long short-term memory: i, f, o = σ(a_i), σ(a_f), σ(a_o), g = tanh(a_g), c' = f c + i g, h' = o tanh(c'), where a are what
 * the input and h add. States are pairs: h and c, one after the other in the first dimension.
 */
public final class LstmSeam extends RecurrentSeam {
    private static final int GATES = 4;
    private static final int H = 0;
    private static final int C = 1;
    private static final int I = 0;
    private static final int F = 1;
    private static final int G = 2;
    private static final int O = 3;

    private LstmSeam(Tensor y, Operand x, Operand[] weights, Tensor gates, Operand start) {
        super(y, x, weights, gates, start);
    }

    /**
     * h and c after each step, [2, B, T, H].
     *
     * @param x row by row, of one real type with all others, on the processor, fitting and not empty
     * @param start h and c before the first step, [2, B, H]
     * @param weights of the input, of the state, and the biases of both
     */
    public static Joined apply(Operand x, Operand start, Operand... weights) {
        long hidden = start.size(2);
        Tensor y = empty(x, 2, x.size(0), x.size(1), hidden);
        return new LstmSeam(y, x, weights, buffer(x, GATES * hidden), start).run();
    }

    @Override
    Tensor bias() {
        return inputBias().add(hiddenBias());
    }

    @Override
    void forward(Slice sequences) {
        Tensor gates = sequences.of(gates(), 0);
        Tensor y = sequences.of(handle(0), 1); // [2, B', T, H]
        Tensor weight = hiddenWeight().t();
        Tensor before = ofSequences(sequences, handle(START)); // [2, B', H]
        for (long t = 0; t < steps(); t++) {
            Tensor gate = gates.select(1, t);
            Tensor next = y.select(2, t);
            Tensor c = next.select(0, C);
            MatrixProduct.addTo(gate, before.select(0, H), weight);
            gate.narrow(1, 0, 2 * hidden()).sigmoid_();
            part(gate, G).tanh_();
            part(gate, O).sigmoid_();
            torch.mul_out(c, part(gate, F), before.select(0, C)).addcmul_(part(gate, I), part(gate, G));
            torch.tanh_out(next.select(0, H), c).mul_(part(gate, O));
            before = next;
        }
    }

    private Tensor part(Tensor gates, int which) {
        return gates.narrow(1, which * hidden(), hidden());
    }

    @Override
    Tensor ofSequences(Slice sequences, Tensor state) {
        return sequences.of(state, 1);
    }

    /** Input and state add to the same sum. */
    @Override
    OfGates emptyGradients() {
        Tensor ofSums = torch.empty_like(gates());
        return new OfGates(ofSums, ofSums);
    }

    @Override
    void backward(Slice sequences, Tensor gradient, OfGates ofGates, Tensor ofStart) {
        Tensor gates = sequences.of(gates(), 0);
        Tensor y = sequences.of(handle(0), 1);
        Tensor ofY = sequences.of(gradient, 1);
        Tensor ofSums = sequences.of(ofGates.input(), 0);
        Tensor start = ofSequences(sequences, handle(START));
        Tensor ofH = torch.zeros_like(start.select(0, H));
        Tensor ofC = torch.zeros_like(ofH);
        for (long t = steps() - 1; t >= 0; t--) {
            Tensor before = t == 0 ? start : y.select(2, t - 1);
            Tensor ofSum = ofSums.select(1, t);
            ofH.add_(ofY.select(2, t).select(0, H));
            ofC.add_(ofY.select(2, t).select(0, C));
            step(gates.select(1, t), before.select(0, C), y.select(2, t).select(0, C), ofH, ofC, ofSum);
            MatrixProduct.into(ofH, ofSum, hiddenWeight());
        }
        ofStart.select(0, H).copy_(ofH);
        ofStart.select(0, C).copy_(ofC);
    }

    /** @param ofC the gradient of c after the step, then of c before it */
    private void step(Tensor gate, Tensor before, Tensor c, Tensor ofH, Tensor ofC, Tensor ofSum) {
        Tensor squashed = c.tanh();
        Tensor ofO = part(ofSum, O);
        torch.mul_out(ofO, ofH, squashed);
        torch.sigmoid_backward_out(ofO, ofO, part(gate, O));
        ofC.add_(torch.tanh_backward(ofH.mul(part(gate, O)), squashed));
        torch.mul_out(part(ofSum, I), ofC, part(gate, G));
        torch.mul_out(part(ofSum, F), ofC, before);
        Tensor ofSigmoids = ofSum.narrow(1, 0, 2 * hidden());
        torch.sigmoid_backward_out(ofSigmoids, ofSigmoids, gate.narrow(1, 0, 2 * hidden()));
        Tensor ofG = part(ofSum, G);
        torch.mul_out(ofG, ofC, part(gate, I));
        torch.tanh_backward_out(ofG, ofG, part(gate, G));
        ofC.mul_(part(gate, F));
    }

    @Override
    Tensor statesBefore() {
        return shifted(handle(START).select(0, H), handle(0).select(0, H));
    }
}
