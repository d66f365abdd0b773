package dev.elbo.tensor;

import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent layer over [B, T, in]: each thread takes some of the sequences through all their steps, and back again, so
 * that the threads meet twice and not at every step. What the inputs add to the gates is one product for all steps. Buffers
 * are laid out [B, T, ...], of which a step is a view.
 */
abstract class RecurrentSeam extends Seam {
    private static final int X = 1;
    private static final int INPUT_WEIGHT = 2;
    private static final int HIDDEN_WEIGHT = 3;
    private static final int INPUT_BIAS = 4;
    private static final int HIDDEN_BIAS = 5;

    /** The gates of all steps, [B, T, gates · H], after their nonlinearities. */
    private static final int GATES = 6;

    /** The first of the tensors that a kind of layer adds, the state before the first step. */
    static final int START = 7;

    /** Below so many products, about 10 µs, another thread comes too late. */
    private static final long WORTH_SHARING = 1 << 20;

    /**
     * @param y what the layer puts out, not computed yet
     * @param more the state before the first step, and what is kept of the steps
     */
    RecurrentSeam(Tensor y, Tensor x, Recurrent.Weights weights, Tensor gates, Tensor... more) {
        super(Tensor.all(
                new Tensor[] {
                    y, x, weights.ofInput(), weights.ofHidden(), weights.inputBias(), weights.hiddenBias(), gates
                },
                more));
    }

    /** A buffer of x's type for something of each step. */
    static Tensor buffer(Tensor x, long size) {
        return Tensor.empty(x.dtype(), x.device(), Shape.of(x.size(0), x.size(1), size));
    }

    /** Computes y without gradients. */
    final Tensor run(boolean differentiable, Tensor y) {
        try (GradientMode off = GradientMode.off()) {
            org.bytedeco.pytorch.Tensor x = rows(handle(X));
            org.bytedeco.pytorch.Tensor gates = rows(handle(GATES));
            org.bytedeco.pytorch.Tensor bias = bias();
            share(slice -> {
                Slice inRows = slice.times(steps());
                MatrixProduct.into(
                        inRows.of(gates, 0),
                        inRows.of(x, 0),
                        handle(INPUT_WEIGHT).t(),
                        bias); // [B' T, gates · H]
                forward(slice);
            });
        }
        return differentiable ? open() : y;
    }

    /** What is added to what the inputs add to the gates. */
    org.bytedeco.pytorch.Tensor bias() {
        return inputBias();
    }

    final org.bytedeco.pytorch.Tensor inputBias() {
        return handle(INPUT_BIAS);
    }

    final org.bytedeco.pytorch.Tensor hiddenBias() {
        return handle(HIDDEN_BIAS);
    }

    final org.bytedeco.pytorch.Tensor hiddenWeight() {
        return handle(HIDDEN_WEIGHT);
    }

    final org.bytedeco.pytorch.Tensor gates() {
        return handle(GATES);
    }

    final long steps() {
        return handle(X).size(1);
    }

    final long hidden() {
        return handle(HIDDEN_WEIGHT).size(1);
    }

    private interface Work {
        void on(Slice sequences);
    }

    private void share(Work work) {
        long count = handle(X).size(0);
        int parts = parts();
        Team.run(parts, part -> {
            Slice slice = Slice.even(count, parts, part);
            if (!slice.isEmpty()) {
                work.on(slice);
            }
        });
    }

    private int parts() {
        long products = handle(GATES).numel() * (handle(X).size(2) + hidden());
        return (int) Math.min(handle(X).size(0), Team.parts(products >= WORTH_SHARING));
    }

    /** Takes some of the sequences through their steps: the gates hold what the inputs add to them. */
    abstract void forward(Slice sequences);

    /** The gradients of what the products added to the gates: those of the inputs and those of the states before. */
    record OfGates(org.bytedeco.pytorch.Tensor input, org.bytedeco.pytorch.Tensor hidden) {}

    /** Room for these. */
    abstract OfGates emptyGradients();

    /**
     * Takes some of the sequences back through their steps.
     *
     * @param gradient of y, of all sequences
     * @param ofGates of all sequences, to be filled in for these
     * @param ofStart the gradient of these sequences' state before the first step, to be filled in
     */
    abstract void backward(
            Slice sequences,
            org.bytedeco.pytorch.Tensor gradient,
            OfGates ofGates,
            org.bytedeco.pytorch.Tensor ofStart);

    /** The states before each step that the gates were computed from, [B, T, H]. */
    abstract org.bytedeco.pytorch.Tensor statesBefore();

    /** The states before each step, given the first of them and those after each step. */
    final org.bytedeco.pytorch.Tensor shifted(org.bytedeco.pytorch.Tensor start, org.bytedeco.pytorch.Tensor states) {
        org.bytedeco.pytorch.Tensor before = torch.empty_like(states);
        before.select(1, 0).copy_(start);
        before.narrow(1, 1, steps() - 1).copy_(states.narrow(1, 0, steps() - 1));
        return before;
    }

    /** Some of the sequences' part of a state. */
    org.bytedeco.pytorch.Tensor ofSequences(Slice sequences, org.bytedeco.pytorch.Tensor state) {
        return sequences.of(state, 0);
    }

    @Override
    final void backward(org.bytedeco.pytorch.Tensor gradient) {
        OfGates ofGates = emptyGradients();
        org.bytedeco.pytorch.Tensor arrived = gradient.contiguous();
        org.bytedeco.pytorch.Tensor ofStart = torch.empty_like(handle(START));
        org.bytedeco.pytorch.@Nullable Tensor ofX = needsGradient(X) ? torch.empty_like(handle(X)) : null;
        share(slice -> {
            backward(slice, arrived, ofGates, ofSequences(slice, ofStart));
            if (ofX != null) {
                Slice inRows = slice.times(steps());
                MatrixProduct.into(inRows.of(rows(ofX), 0), inRows.of(rows(ofGates.input()), 0), handle(INPUT_WEIGHT));
            }
        });
        parameters(INPUT_WEIGHT, INPUT_BIAS, rows(ofGates.input()), rows(handle(X)));
        parameters(HIDDEN_WEIGHT, HIDDEN_BIAS, rows(ofGates.hidden()), rows(statesBefore()));
        if (needsGradient(START)) {
            pass(START, ofStart);
        }
        if (ofX != null) {
            pass(X, ofX);
        }
    }

    /** weight += gradientᵀ · factor, and bias += the gradient's sum: each thread does some of the rows. */
    private void parameters(
            int weight, int bias, org.bytedeco.pytorch.Tensor gradient, org.bytedeco.pytorch.Tensor factor) {
        org.bytedeco.pytorch.@Nullable Tensor ofWeight = needsGradient(weight) ? target(weight) : null;
        org.bytedeco.pytorch.@Nullable Tensor ofBias = needsGradient(bias) ? target(bias) : null;
        Team.share(gradient.size(1), parts(), slice -> {
            org.bytedeco.pytorch.Tensor columns = slice.of(gradient, 1);
            if (ofWeight != null) {
                MatrixProduct.addTo(slice.of(ofWeight, 0), columns.t(), factor); // [gates · H', B T] · [B T, ...]
            }
            if (ofBias != null) {
                slice.of(ofBias, 0).add_(columns.sum(new long[] {0}));
            }
        });
        passTarget(weight, ofWeight);
        passTarget(bias, ofBias);
    }

    /** [B, T, ...] as [B T, ...]. */
    private static org.bytedeco.pytorch.Tensor rows(org.bytedeco.pytorch.Tensor steps) {
        return steps.view(steps.size(0) * steps.size(1), steps.size(2));
    }
}
