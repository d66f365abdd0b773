package dev.elbo.tensor.seam;

import dev.elbo.tensor.onednn.MatrixProduct;
import dev.elbo.tensor.team.Slice;
import dev.elbo.tensor.team.Team;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
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

    /** The state before the first step. */
    static final int START = 6;

    /** The gates of all steps, [B, T, gates · H], after their nonlinearities. */
    private static final int GATES = 7;

    /** The first of the tensors that a kind of layer keeps besides. */
    static final int MORE = 8;

    /** Below so many products, about 10 µs, another thread comes too late. */
    private static final long WORTH_SHARING = 1 << 20;

    private final Operand[] kept;

    /**
     * @param y what the layer puts out, not computed yet
     * @param weights of the input, of the state, and the biases of both
     * @param start the state before the first step
     * @param kept what is kept of the steps besides the gates
     */
    RecurrentSeam(Tensor y, Operand x, Operand[] weights, Tensor gates, Operand start, Tensor... kept) {
        this(
                y,
                x,
                weights,
                start,
                Stream.concat(Stream.of(gates), Stream.of(kept))
                        .map(Operand::kept)
                        .toArray(Operand[]::new));
    }

    private RecurrentSeam(Tensor y, Operand x, Operand[] weights, Operand start, Operand... kept) {
        super(
                y,
                Stream.of(Stream.of(x), Stream.of(weights), Stream.of(start), Stream.of(kept))
                        .flatMap(operands -> operands)
                        .toArray(Operand[]::new));
        this.kept = kept;
    }

    /** Room for something of each step, [B, T, size]. */
    static Tensor buffer(Operand x, long size) {
        return empty(x, x.size(0), x.size(1), size);
    }

    static Tensor empty(Operand like, long... sizes) {
        return torch.torch_empty(sizes, like.handle().options(), new MemoryFormatOptional());
    }

    /** Computes y without gradients. */
    final Joined run() {
        boolean differentiable = GradMode.is_enabled() && anyInputNeedsGradient();
        try (NoGradients off = new NoGradients();
                PointerScope views = new PointerScope()) {
            Tensor x = rows(handle(X));
            Tensor gates = rows(handle(GATES));
            Tensor bias = bias();
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
        if (!differentiable) {
            Stream.of(kept).forEach(Operand::free);
        }
        return joined(differentiable);
    }

    private boolean anyInputNeedsGradient() {
        return IntStream.rangeClosed(X, START).anyMatch(this::needsGradient);
    }

    /** What is added to what the inputs add to the gates. */
    Tensor bias() {
        return inputBias();
    }

    final Tensor inputBias() {
        return handle(INPUT_BIAS);
    }

    final Tensor hiddenBias() {
        return handle(HIDDEN_BIAS);
    }

    final Tensor hiddenWeight() {
        return handle(HIDDEN_WEIGHT);
    }

    final Tensor gates() {
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
    record OfGates(Tensor input, Tensor hidden) {}

    /** Room for these. */
    abstract OfGates emptyGradients();

    /**
     * Takes some of the sequences back through their steps.
     *
     * @param gradient of y, of all sequences
     * @param ofGates of all sequences, to be filled in for these
     * @param ofStart the gradient of these sequences' state before the first step, to be filled in
     */
    abstract void backward(Slice sequences, Tensor gradient, OfGates ofGates, Tensor ofStart);

    /** The states before each step that the gates were computed from, [B, T, H]. */
    abstract Tensor statesBefore();

    /** The states before each step, given the first of them and those after each step. */
    final Tensor shifted(Tensor start, Tensor states) {
        Tensor before = torch.empty_like(states);
        before.select(1, 0).copy_(start);
        before.narrow(1, 1, steps() - 1).copy_(states.narrow(1, 0, steps() - 1));
        return before;
    }

    /** Some of the sequences' part of a state. */
    Tensor ofSequences(Slice sequences, Tensor state) {
        return sequences.of(state, 0);
    }

    @Override
    final void backward(Tensor gradient) {
        OfGates ofGates = emptyGradients();
        Tensor arrived = gradient.contiguous();
        Tensor ofStart = torch.empty_like(handle(START));
        @Nullable Tensor ofX = needsGradient(X) ? torch.empty_like(handle(X)) : null;
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
    private void parameters(int weight, int bias, Tensor gradient, Tensor factor) {
        @Nullable Tensor ofWeight = needsGradient(weight) ? target(weight) : null;
        @Nullable Tensor ofBias = needsGradient(bias) ? target(bias) : null;
        Team.share(gradient.size(1), parts(), slice -> {
            Tensor columns = slice.of(gradient, 1);
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
    private static Tensor rows(Tensor steps) {
        return steps.view(steps.size(0) * steps.size(1), steps.size(2));
    }
}
